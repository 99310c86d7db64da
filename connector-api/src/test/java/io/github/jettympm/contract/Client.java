package io.github.jettympm.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;

/** One connection, byte by byte: what a well-behaved HTTP client hides or would not do. */
public final class Client implements AutoCloseable {
    /** A test whose answer does not come fails after this many milliseconds. */
    private static final int DEADLINE = 10_000;

    /** The same where many others may be served first. */
    private static final int DEADLINE_IN_LINE = 60_000;

    /** What {@link #receiveAll} ends with if the server does not close the connection. */
    static final String STILL_OPEN = "[still open]";

    private final CorkableSocket tcp;
    private final Socket socket;
    private final InputStream in;
    private boolean chunkIsOpen;
    private boolean reset;

    /** What goes over TCP. */
    interface Layer {
        Socket on(Socket tcp) throws IOException;
    }

    public Client(Transport transport, int port) throws IOException {
        this(transport, port, 0, "");
    }

    /**
     * Opens a connection.
     *
     * @param layer what this client puts on its TCP connection
     * @param port where to connect
     * @param receiveBuffer bytes that the kernel keeps for this client, 0 for its default
     * @param preface what is sent in clear text before anything else
     */
    Client(Layer layer, int port, int receiveBuffer, String preface) throws IOException {
        this(layer, port, receiveBuffer, preface, DEADLINE);
    }

    private Client(Layer layer, int port, int receiveBuffer, String preface, int deadline) throws IOException {
        tcp = new CorkableSocket();
        try {
            if (receiveBuffer > 0) {
                tcp.setReceiveBufferSize(receiveBuffer);
            }
            tcp.setTcpNoDelay(true);
            tcp.setSoTimeout(deadline);
            tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), deadline);
            tcp.getOutputStream().write(preface.getBytes(StandardCharsets.ISO_8859_1));
            socket = layer.on(tcp);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException | RuntimeException e) {
            tcp.close();
            throw e;
        }
    }

    /** One that may have to wait until a child or a thread has served others. */
    static Client inLine(Transport transport, int port) throws IOException {
        return new Client(transport, port, 0, "", DEADLINE_IN_LINE);
    }

    public int port() {
        return tcp.getLocalPort();
    }

    /** Who the server says it is, over TLS. */
    String peer() throws IOException {
        return ((SSLSocket) socket).getSession().getPeerPrincipal().getName();
    }

    /** Sends text with the line ends that HTTP asks for. */
    public Client send(String text) throws IOException {
        return send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes, over TLS in one record if they fit. */
    public Client send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a part of some bytes. */
    void send(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
    }

    /** Sends several texts in one packet, over TLS each in a record of its own. */
    public Client sendTogether(String... texts) throws IOException {
        tcp.cork();
        for (String text : texts) {
            send(text);
        }
        tcp.uncork();
        return this;
    }

    /** Sends a text in one packet per byte, over TLS as one record. */
    public Client sendTorn(String text) throws IOException {
        tcp.cork();
        send(text);
        tcp.uncorkByteByByte();
        return this;
    }

    /** Says that nothing more will be sent; answers can still come. */
    public void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads one response, be it an interim one. */
    public Response receive() throws IOException {
        Response head = receiveHead();
        return new Response(head.version(), head.status(), head.headers(), body(head));
    }

    /** Reads a response that has no content although its headers may speak of one. */
    public Response receiveHead() throws IOException {
        String[] start = line().split(" ", 3);
        TreeMap<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Response(start[0], Integer.parseInt(start[1]), headers, new byte[0]);
    }

    private byte[] body(Response head) throws IOException {
        if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (head.header("transfer-encoding") != null) {
            return chunks();
        }
        String length = head.header("content-length");
        return length == null ? in.readAllBytes() : receive(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    /** Reads one chunk of a chunked response; its line end may come as late as with the next one. */
    public byte[] chunk() throws IOException {
        if (chunkIsOpen) {
            line();
        }
        byte[] chunk = receive(Integer.parseInt(line(), 16));
        chunkIsOpen = chunk.length > 0;
        if (!chunkIsOpen) {
            line();
        }
        return chunk;
    }

    /** Reads that many raw bytes. */
    public byte[] receive(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("only " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    public String receiveText(int length) throws IOException {
        return new String(receive(length), StandardCharsets.ISO_8859_1);
    }

    /** Waits until the server closes the connection, and gives the text that came before. */
    public String receiveToEnd() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            in.transferTo(text);
        } catch (SocketException e) {
            // A server that closes with unread input makes the kernel send a reset: an end as well.
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads to the end, whatever that is like; says so if the connection is still open at the deadline. */
    String receiveAll() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            in.transferTo(text);
        } catch (SocketTimeoutException e) {
            text.writeBytes(STILL_OPEN.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            reset = true; // whether it or the end is seen depends on what the server has read by then
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status line of the next answer, which has no content; empty if the connection ends, in whatever way, before there is one. */
    String answerOrEnd() {
        try {
            String status = line();
            for (String line = status; !line.isEmpty(); line = line()) {
                // its headers
            }
            return status;
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the last thing that TLS has brought is an alert, as when it is closed in good order. */
    boolean hasBeenToldOfTheEnd() {
        return tcp.records.isLastAnAlert();
    }

    /** Whether {@link #receiveAll} has met a reset. */
    boolean isReset() {
        return reset;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after '" + line + "'");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Closes with a reset instead of an end. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Closes as a program that dies: without a word of TLS. */
    public void drop() throws IOException {
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A socket that can gather what is written and send it at once. */
    private static final class CorkableSocket extends Socket {
        private ByteArrayOutputStream corked;
        private TlsRecords records; // null until something is read

        void cork() {
            corked = new ByteArrayOutputStream();
        }

        void uncork() throws IOException {
            super.getOutputStream().write(corked.toByteArray());
            corked = null;
        }

        void uncorkByteByByte() throws IOException {
            for (byte b : corked.toByteArray()) {
                super.getOutputStream().write(b);
            }
            corked = null;
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (records == null) {
                records = new TlsRecords(super.getInputStream());
            }
            return records;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    (corked == null ? out : corked).write(bytes, offset, length);
                }
            };
        }
    }
}
