package io.github.jettympm.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** One connection, byte by byte: what a well-behaved client hides or would not do. */
final class Wire implements AutoCloseable {
    /** Milliseconds after which a read that gets nothing fails; shorter than the 30 s of the server's idle timeout. */
    private static final int READ_DEADLINE = 25_000;

    private final Socket socket;
    private final InputStream in;
    private final Transcript transcript;

    Wire(Socket socket, Transcript transcript) throws IOException {
        socket.setSoTimeout(READ_DEADLINE);
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.transcript = transcript;
    }

    /** Sends lines with the line ends that HTTP asks for. */
    void send(String text) throws IOException {
        send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Says that nothing more will be sent; answers can still come. */
    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Reads one response, be it an interim one.
     *
     * @param request names in the transcript what is answered; starts with the method, since HEAD is answered without
     * body
     */
    Answer receive(String request) throws IOException {
        var start = line().split(" ", 3);
        var status = Integer.parseInt(start[1]);
        var headers = new TreeMap<String, List<String>>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        var bodiless = status < 200 || status == 204 || status == 304 || request.startsWith("HEAD ");
        var answer = new Answer(start[0], status, headers, bodiless ? new byte[0] : body(headers));
        transcript.add("on the wire: " + request, answer);
        return answer;
    }

    /** Reads raw bytes, as after an upgrade. */
    byte[] receive(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("only " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Waits for the server to close the connection, and writes down what it still sent. */
    void awaitClose() throws IOException {
        transcript.add("on the wire: closed by the server after " + bytesUntilClose() + " more bytes");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closing with unread input makes the kernel send a reset; whether that or the end comes first is a race. */
    private int bytesUntilClose() throws IOException {
        try {
            return in.readAllBytes().length;
        } catch (SocketException e) {
            return 0;
        }
    }

    private byte[] body(TreeMap<String, List<String>> headers) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            return chunks();
        }
        if (headers.containsKey("content-length")) {
            return receive(Integer.parseInt(headers.get("content-length").get(0)));
        }
        return in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var length = chunkLength(); length > 0; length = chunkLength()) {
            body.writeBytes(receive(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection after '" + line + "'");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
