package io.github.jettympm.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kernel's list of TCP sockets (man 5 proc, /proc/net/tcp). */
final class TcpTable {
    private TcpTable() {}

    /**
     * A socket.
     *
     * @param state in the kernel's numbers, include/net/tcp_states.h
     * @param received bytes that nobody has read; of a listening socket, connections that nobody has accepted
     * @param inode 0 when no process holds it
     */
    record Row(int localPort, int remotePort, int state, int received, long inode) {
        private static final int LISTEN = 10;

        boolean isListening() {
            return state == LISTEN;
        }

        private static Row of(String line) {
            var fields = line.trim().split("\\s+");
            return new Row(
                    port(fields[1]),
                    port(fields[2]),
                    Integer.parseInt(fields[3], 16),
                    Integer.parseInt(fields[4].split(":")[1], 16),
                    Long.parseLong(fields[9]));
        }

        private static int port(String address) {
            return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
        }
    }

    static List<Row> read() throws IOException {
        var rows = new ArrayList<Row>();
        for (var file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Files.readAllLines(Path.of(file)).stream().skip(1).map(Row::of).forEach(rows::add);
        }
        return rows;
    }
}
