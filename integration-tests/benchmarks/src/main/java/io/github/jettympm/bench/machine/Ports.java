package io.github.jettympm.bench.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Hands out ports of 127.0.0.1 that are free, below those that the kernel gives to clients. */
public final class Ports {
    private static final int FIRST = 18_000;
    private static final int LAST = 30_000;
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % 5_000);

    private Ports() {}

    /** A port that nobody listens on and that was not handed out before. */
    public static synchronized int free() {
        while (next < LAST) {
            int port = next++;
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                continue; // somebody listens there
            }
        }
        throw new IllegalStateException("no free port below " + LAST);
    }
}
