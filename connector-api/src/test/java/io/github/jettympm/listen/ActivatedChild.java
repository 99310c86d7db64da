package io.github.jettympm.listen;

import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that was started as systemd starts one: tells a client who it is, and says what it has left. */
final class ActivatedChild {
    private ActivatedChild() {}

    public static void main(String[] args) throws Exception {
        ServerSocketChannel channel =
                ActivatedSocket.take(System.getenv(), ProcessHandle.current().pid());
        System.out.println("ready");
        try (SocketChannel client = channel.accept()) {
            String me = ProcessHandle.current().pid() + "\n";
            client.socket().getOutputStream().write(me.getBytes(StandardCharsets.US_ASCII));
        }
        System.out.println(Files.readSymbolicLink(Path.of("/proc/self/fd/0")));
        DescriptorInheritance.closeInherited(channel);
        System.out.println("still heard");
    }
}
