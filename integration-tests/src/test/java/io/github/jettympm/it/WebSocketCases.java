package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** WebSockets of every Servlet generation and of Jetty's own API, in clear text and over TLS. */
interface WebSocketCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void webSocketCarriesLargeMessages() throws Exception {
        sameAsStock(visit -> forEachSocket(visit, talk -> {
            for (var length : List.of(1, 70_000, 1_000_000)) {
                talk.say("x".repeat(length));
                assertEquals(
                        "'" + length + ":" + "x".repeat(length) + "'",
                        talk.hearTogether(1).get(0));
            }
        }));
    }

    @Test
    default void serverSendsFromSeveralThreadsWhileTheClientSends() throws Exception {
        sameAsStock(visit -> forEachSocket(visit, talk -> {
            talk.say("push 25 20000");
            for (var i = 0; i < 25; i++) {
                talk.say("e".repeat(20_000));
            }
            var heard = talk.hearTogether(5 * 25);

            for (var letters : List.of("aaa", "bbb", "ccc", "ddd", "eee")) {
                assertEquals(
                        25, heard.stream().filter(it -> it.contains(letters)).count(), letters);
            }
            talk.sayGoodbye();
            talk.hear();
        }));
    }

    /** What is said in one WebSocket. */
    interface Chat {
        void in(Talk talk) throws Exception;
    }

    private static void forEachSocket(Visit visit, Chat chat) throws Exception {
        for (var path : List.of(
                "/push-ee8/standard",
                "/push-ee9/standard",
                "/push-ee10/standard",
                "/push-ee10/jetty",
                "/push-ee11/standard",
                "/push-ee11/jetty")) {
            try (var talk = visit.talk(path, "push")) {
                chat.in(talk);
            }
            try (var talk = visit.tlsTalk(path, "push")) {
                chat.in(talk);
            }
        }
    }
}
