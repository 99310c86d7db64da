package io.github.jettympm.systemd;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The datagram socket of a service manager. Java has Unix sockets for streams only, so the C library is called.
 *
 * <p>Any thread may send; each message has a socket of its own, since there are few of them.
 */
final class NotifySocket {
    // Values of Linux, the same on all its architectures that Java runs on, but MIPS.
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    private static final int FAMILY_BYTES = 2;
    private static final int PATH_BYTES = 108; // of sun_path, with the zero at the end of one in the file system

    private final String address;
    private final byte[] path;

    private NotifySocket(String address, byte[] path) {
        this.address = address;
        this.path = path;
    }

    /** Direct mapping to the C library; loaded at the first call. */
    private static final class C {
        static {
            Native.register(C.class, Platform.C_LIBRARY_NAME);
        }

        private C() {}

        static native int socket(int domain, int type, int protocol);

        static native NativeLong sendto(
                int descriptor, Pointer data, NativeLong length, int flags, Pointer address, int addressLength);

        static native int close(int descriptor);
    }

    /**
     * Reads an address as {@code NOTIFY_SOCKET} has it.
     *
     * @param address a path in the file system, or a name after {@code @}, which is in no file system
     * @throws IOException if it is of another kind, such as {@code vsock:}, or too long
     */
    static NotifySocket at(String address) throws IOException {
        if (!address.startsWith("/") && !address.startsWith("@")) {
            throw new IOException("NOTIFY_SOCKET=" + address + " is neither a path nor a name after @");
        }
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_BYTES) {
            throw new IOException("NOTIFY_SOCKET=" + address + " is longer than " + (PATH_BYTES - 1) + " bytes");
        }
        if (address.startsWith("@")) {
            path[0] = 0;
        }
        return new NotifySocket(address, path);
    }

    /** Sends a message, and waits while the socket of the other side is full. */
    void send(String message) throws IOException {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int descriptor = C.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw failure("socket");
        }
        try (Memory data = new Memory(text.length);
                Memory to = socketAddress()) {
            data.write(0, text, 0, text.length);
            var sent = C.sendto(descriptor, data, new NativeLong(text.length), MSG_NOSIGNAL, to, addressLength());
            if (sent.longValue() != text.length) {
                throw failure("sendto");
            }
        } finally {
            C.close(descriptor);
        }
    }

    private Memory socketAddress() {
        Memory memory = new Memory(FAMILY_BYTES + PATH_BYTES);
        memory.clear();
        memory.setShort(0, (short) AF_UNIX);
        memory.write(FAMILY_BYTES, path, 0, path.length);
        return memory;
    }

    /** A name that is in no file system ends where its length says, a path ends with a zero. */
    private int addressLength() {
        return FAMILY_BYTES + path.length + (path[0] == 0 ? 0 : 1);
    }

    private IOException failure(String call) {
        return new IOException(call + " for NOTIFY_SOCKET=" + address + " failed with errno " + Native.getLastError());
    }
}
