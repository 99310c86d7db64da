package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The chats of Jetty's demo by both kinds of WebSocket, each of which is one connection to one process. */
interface ChatCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void webSocketOfJettyEchoesChat() throws Exception {
        sameAsStock(visit -> chat(visit, "/jetty/jetty.websocket/"));
    }

    @Test
    default void webSocketOfJakartaEchoesChat() throws Exception {
        sameAsStock(visit -> chat(visit, "/jetty/jakarta.websocket/"));
    }

    @Test
    default void webSocketHandshakeIsAnsweredOnTheWire() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send("""
                        GET /jetty/jetty.websocket/ HTTP/1.1
                        Host: localhost
                        Connection: Upgrade
                        Upgrade: websocket
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                        Sec-WebSocket-Protocol: chat

                        """);
                var upgraded = wire.receive("GET /jetty/jetty.websocket/");
                // The example of RFC 6455, section 1.3.
                upgraded.shows(101).has("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

                // A masked close frame with status 1000; the mask is zero.
                wire.send(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xE8});

                assertArrayEquals(new byte[] {(byte) 0x88, 0x02, 0x03, (byte) 0xE8}, wire.receive(4));
                wire.awaitClose();
            }
        });
    }

    private static void chat(Visit visit, String path) throws Exception {
        try (var talk = visit.talk(path, "chat")) {
            talk.say("Ada:has joined!");
            assertEquals("'Ada:has joined!'", talk.hear());
            talk.say("Ada:" + "x".repeat(20_000));
            assertEquals(20_006, talk.hear().length());
            talk.say("Ada:in two ", "frames");
            assertEquals("'Ada:in two frames'", talk.hear());
            talk.sayGoodbye();
            talk.hear();
        }
    }
}
