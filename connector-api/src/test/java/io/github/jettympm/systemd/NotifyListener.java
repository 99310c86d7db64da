package io.github.jettympm.systemd;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real datagram socket that listens as a service manager does, and keeps what it is told. */
public final class NotifyListener implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int PATH_OFFSET = 2;
    private static final int ADDRESS_BYTES = 110;
    private static final int LONGEST_MESSAGE = 8192;
    private static final long DEADLINE = 60; // seconds

    private final int descriptor;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    private static final class C {
        static {
            Native.register(C.class, Platform.C_LIBRARY_NAME);
        }

        private C() {}

        static native int socket(int domain, int type, int protocol);

        static native int bind(int descriptor, Pointer address, int length);

        static native NativeLong recv(int descriptor, Pointer data, NativeLong length, int flags);

        static native int shutdown(int descriptor, int how);

        static native int close(int descriptor);
    }

    /**
     * Listens from now on.
     *
     * @param address a path, or a name after {@code @}
     * @throws IOException if that is not possible
     */
    public NotifyListener(String address) throws IOException {
        descriptor = C.socket(AF_UNIX, SOCK_DGRAM, 0);
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        int end = address.startsWith("@") ? 0 : 1;
        path[0] = address.startsWith("@") ? 0 : path[0];
        try (Memory memory = new Memory(ADDRESS_BYTES)) {
            memory.clear();
            memory.setShort(0, (short) AF_UNIX);
            memory.write(PATH_OFFSET, path, 0, path.length);
            if (C.bind(descriptor, memory, PATH_OFFSET + path.length + end) != 0) {
                throw new IOException("cannot bind " + address);
            }
        }
        Thread reader = new Thread(this::read, "notify-listener");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (Memory data = new Memory(LONGEST_MESSAGE)) {
            while (true) {
                int length = C.recv(descriptor, data, new NativeLong(LONGEST_MESSAGE), 0)
                        .intValue();
                if (length <= 0) {
                    return;
                }
                messages.add(new String(data.getByteArray(0, length), StandardCharsets.UTF_8));
            }
        }
    }

    /**
     * The next message that begins in that way; those before it are forgotten.
     *
     * @param begin how it begins
     * @return the whole message
     * @throws Exception if there is none in time
     */
    public String await(String begin) throws Exception {
        while (true) {
            String message = messages.poll(DEADLINE, TimeUnit.SECONDS);
            if (message == null) {
                throw new TimeoutException("no message that begins with " + begin);
            }
            if (message.startsWith(begin)) {
                return message;
            }
        }
    }

    @Override
    public void close() {
        C.shutdown(descriptor, 2);
        C.close(descriptor);
    }
}
