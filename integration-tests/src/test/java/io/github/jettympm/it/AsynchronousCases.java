package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** Servlets that answer later, on other threads. */
interface AsynchronousCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void listenersEchoWhileTheBodyArrives() throws Exception {
        sameAsStock(visit -> {
            for (var browser : new Browser[] {visit.browser(), visit.tlsBrowser()}) {
                var echoed = browser.send("POST", "/echo/listener-echo", BodyPublishers.ofByteArray(Bodies.LARGE))
                        .shows(200);
                assertArrayEquals(Bodies.LARGE, echoed.body());
                browser.send("POST", "/echo/listener-echo", BodyPublishers.noBody())
                        .shows(200, "");
            }
        });
    }

    @Test
    default void listenersEchoABodyThatComesInTwoParts() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send("POST /echo/listener-echo HTTP/1.1\nHost: localhost\nContent-Length: 10\n\nfirst");
                wire.send("other");
                wire.receive("POST /echo/listener-echo").shows(200, "firstother");
            }
        });
    }

    @Test
    default void asynchronousServletEndsOnAnotherThread() throws Exception {
        sameAsStock(visit -> {
            for (var browser : new Browser[] {visit.browser(), visit.tlsBrowser()}) {
                browser.get("/echo/async?end=complete").shows(200, "completed");
                browser.get("/echo/async?end=dispatch").shows(200, "dispatched");
                browser.get("/echo/async?end=timeout").shows(200, "timed out");
                browser.get("/echo/async?end=complete").shows(200, "completed");
            }
        });
    }
}
