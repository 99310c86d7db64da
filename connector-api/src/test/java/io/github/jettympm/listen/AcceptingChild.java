package io.github.jettympm.listen;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A process that accepts on the socket it inherited: tells each client who it is, and closes the socket when told to. */
final class AcceptingChild {
    private AcceptingChild() {}

    public static void main(String[] args) throws Exception {
        ServerSocketChannel channel = ListeningSockets.inherited();
        System.out.println("ready");
        while (channel.isOpen()) {
            try (SocketChannel accepted = channel.accept()) {
                serve(accepted.socket(), channel);
            }
        }
        System.out.println("still heard on standard output");
        System.err.println("still heard on standard error");
    }

    private static void serve(Socket client, ServerSocketChannel channel) throws Exception {
        String me = ProcessHandle.current().pid() + "\n";
        client.getOutputStream().write(me.getBytes(StandardCharsets.US_ASCII));
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        if ("close".equals(lines.readLine())) {
            DescriptorInheritance.closeInherited(channel);
        }
    }
}
