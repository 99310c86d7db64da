package io.github.jettympm.listen;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The few calls to the C library that hand a listening socket from parent to child.
 *
 * <p>Java closes every descriptor but 0, 1 and 2 in a process that it starts, and {@link System#inheritedChannel()}
 * looks at descriptor 0 only. So the socket is put there for the moment in which a child is started.
 */
final class StandardDescriptors {
    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;

    private static final int NONE = -1;

    // Values of Linux, the same on all its architectures that Java runs on (asm-generic/socket.h), but MIPS.
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCKADDR_STORAGE_BYTES = 128;
    private static final int INT_BYTES = 4;
    private static final int PORT_OFFSET = 2;
    private static final int IN_ADDRESS_OFFSET = 4;
    private static final int IN6_ADDRESS_OFFSET = 8;
    private static final int MAPPED_PREFIX_BYTES = 12;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    /** {@code tcpi_unacked} (linux/tcp.h): of a listening socket, the length of its queue (tcp_get_info in net/ipv4/tcp.c). */
    private static final int TCP_INFO_QUEUE_OFFSET = 24;

    /** {@code tcpi_sacked}: of a listening socket, how long its queue may be (there as well). */
    private static final int TCP_INFO_LIMIT_OFFSET = 28;

    private static final int TCP_INFO_BYTES = TCP_INFO_LIMIT_OFFSET + INT_BYTES;
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

    private StandardDescriptors() {}

    /** Direct mapping to the C library; loaded at the first call. */
    private static final class C {
        static {
            Native.register(C.class, Platform.C_LIBRARY_NAME);
        }

        private C() {}

        static native int dup(int descriptor);

        static native int dup2(int from, int to);

        static native int close(int descriptor);

        static native int getsockname(int descriptor, Pointer address, IntByReference length);

        static native int getsockopt(int descriptor, int level, int option, Pointer value, IntByReference length);
    }

    /** Refuses an operating system on which the calls of this class were never tried, and one where they cannot be made. */
    static void requireSupported() throws IOException {
        if (!isLinux()) {
            throw new IOException("child processes on one listening socket are not supported on "
                    + System.getProperty("os.name") + ", but on Linux only");
        }
        requireLibrary();
    }

    private static boolean isLinux() throws IOException {
        try {
            return Platform.isLinux();
        } catch (LinkageError e) {
            throw new IOException(
                    "JNA, which child processes on one listening socket need, is not there (" + e + ")", e);
        }
    }

    /** Loads what the calls need, if that was not done before. */
    static void requireLibrary() throws IOException {
        try {
            C.dup(NONE);
        } catch (LinkageError e) {
            throw new IOException(
                    "child processes on one listening socket need the native library of JNA, which cannot be loaded ("
                            + e
                            + "): JNA unpacks it into a directory that has to be writable for this user and must not be"
                            + " mounted with noexec; name such a one by -Djna.tmpdir=DIRECTORY",
                    e);
        }
    }

    /** A second descriptor of the same thing, or {@link #NONE} if there is nothing to duplicate. */
    static int duplicate(int descriptor) {
        return Math.max(NONE, C.dup(descriptor));
    }

    /** Undoes what was done to a descriptor since it was duplicated. */
    static void restore(int duplicate, int descriptor) throws IOException {
        if (duplicate == NONE) {
            close(descriptor);
        } else {
            replace(duplicate, descriptor);
            close(duplicate);
        }
    }

    static void replace(int from, int to) throws IOException {
        check(C.dup2(from, to), "dup2");
    }

    static void close(int descriptor) throws IOException {
        check(C.close(descriptor), "close");
    }

    /** Finds the descriptor of a listening channel among those of this process, by its address. */
    static int descriptorOf(ServerSocketChannel channel) throws IOException {
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path entry : descriptors) {
                int descriptor = Integer.parseInt(entry.getFileName().toString());
                if (isListening(descriptor) && isBoundTo(descriptor, local)) {
                    return descriptor;
                }
            }
        }
        throw new IOException("no descriptor of this process listens on " + local);
    }

    private static boolean isListening(int descriptor) {
        return option(descriptor, SO_ACCEPTCONN) > 0;
    }

    /** Whether it is a listening socket of TCP, and not one in the file system, for datagrams or of a connection. */
    static boolean isListeningForTcp(int descriptor) {
        int domain = option(descriptor, SO_DOMAIN);
        return isListening(descriptor) && (domain == AF_INET || domain == AF_INET6);
    }

    /** Value of an option of a socket, or -1 if there is none. */
    private static int option(int descriptor, int option) {
        try (Memory value = new Memory(INT_BYTES)) {
            int result = C.getsockopt(descriptor, SOL_SOCKET, option, value, new IntByReference(INT_BYTES));
            return result == 0 ? value.getInt(0) : NONE;
        }
    }

    /** Connections that wait on a listening socket, 0 if that cannot be told. */
    static int acceptQueue(int descriptor) {
        return tcpInfo(descriptor, TCP_INFO_QUEUE_OFFSET);
    }

    /** Connections that may wait on a listening socket, 0 if that cannot be told. */
    static int acceptQueueLimit(int descriptor) {
        return tcpInfo(descriptor, TCP_INFO_LIMIT_OFFSET);
    }

    private static int tcpInfo(int descriptor, int offset) {
        try (Memory info = new Memory(TCP_INFO_BYTES)) {
            int result = C.getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, info, new IntByReference(TCP_INFO_BYTES));
            return result == 0 ? Math.max(0, info.getInt(offset)) : 0;
        }
    }

    private static boolean isBoundTo(int descriptor, InetSocketAddress local) {
        try (Memory address = new Memory(SOCKADDR_STORAGE_BYTES)) {
            if (C.getsockname(descriptor, address, new IntByReference(SOCKADDR_STORAGE_BYTES)) != 0) {
                return false;
            }
            int port = (address.getByte(PORT_OFFSET) & 0xFF) << Byte.SIZE | address.getByte(PORT_OFFSET + 1) & 0xFF;
            return port == local.getPort() && Arrays.equals(hostOf(address), sixteenBytes(local));
        }
    }

    /** The host of a {@code sockaddr} as 16 bytes, an IPv4 one in its IPv4-mapped form (RFC 4291, 2.5.5.2). */
    private static byte[] hostOf(Memory address) {
        return switch (address.getShort(0)) {
            case AF_INET -> mapped(address.getByteArray(IN_ADDRESS_OFFSET, INT_BYTES));
            case AF_INET6 -> address.getByteArray(IN6_ADDRESS_OFFSET, MAPPED_PREFIX_BYTES + INT_BYTES);
            default -> new byte[0];
        };
    }

    private static byte[] sixteenBytes(InetSocketAddress local) {
        byte[] host = local.getAddress().getAddress();
        if (local.getAddress().isAnyLocalAddress()) {
            return new byte[MAPPED_PREFIX_BYTES + INT_BYTES];
        }
        return local.getAddress() instanceof Inet4Address ? mapped(host) : host;
    }

    private static byte[] mapped(byte[] host) {
        byte[] bytes = new byte[MAPPED_PREFIX_BYTES + INT_BYTES];
        System.arraycopy(host, 0, bytes, MAPPED_PREFIX_BYTES, INT_BYTES);
        boolean any = Arrays.equals(host, new byte[INT_BYTES]);
        if (!any) {
            bytes[MAPPED_PREFIX_BYTES - 1] = (byte) 0xFF;
            bytes[MAPPED_PREFIX_BYTES - 2] = (byte) 0xFF;
        }
        return bytes;
    }

    private static int check(int result, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with errno " + Native.getLastError());
        }
        return result;
    }
}
