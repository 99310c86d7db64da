package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** Files as they are, in parts, compressed, and not at all. */
interface FileCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void staticFilesComeWithTypeAndLength() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/simple/").shows(200, "Hello World EE10!").has("Content-Type", "text/html");
            browser.get("/simple/jetty.png").shows(200).has("Content-Length", "5465");
            browser.head("/simple/jetty.png").shows(200).has("Content-Length", "5465");
            browser.get("/simple/jetty.icon").shows(200).has("Content-Type", "image/vnd.microsoft.icon");
            browser.get("/jetty/dat.txt").shows(200, "0000 2222");
            browser.get("/spec/fragmentA/index.html").shows(200, "Welcome to a Fragment");
        });
    }

    @Test
    default void unusualRequestsGetTheirStatus() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/simple").shows(301).has("Location", "/simple/");
            browser.get("/simple/missing").shows(404, "Error 404 Not Found");
            browser.get("/jetty/missing.html").shows(404, "custom 404 page");
            browser.get("/no-such-context/").shows(404);
            browser.get("/jetty/auth/file.txt").shows(403, "Forbidden");
            browser.get("/jetty/dump/auth/ssl/x").shows(403, "!Secure");
            browser.get("/jetty/dump/info?error=418").shows(418);
            browser.get("/jetty/dump/info?redirect=/elsewhere").shows(302).has("Location", "/elsewhere");
            browser.send("OPTIONS", "/simple/hello/", BodyPublishers.noBody())
                    .shows(200)
                    .has("Allow", "GET, HEAD, TRACE, OPTIONS");
            browser.send("DELETE", "/simple/index.html", BodyPublishers.noBody())
                    .shows(405);
            browser.send("PUT", "/simple/hello/", BodyPublishers.noBody()).shows(405);
            browser.head("/simple/hello/").shows(200);
        });
    }

    @Test
    default void unchangedFileIsNotSentAgain() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var modified = browser.get("/jetty/d.txt")
                    .shows(200)
                    .header("Last-Modified")
                    .orElseThrow();

            var unchanged =
                    browser.get("/jetty/d.txt", "If-Modified-Since", modified).shows(304);
            assertEquals(0, unchanged.body().length);
            browser.get("/jetty/d.txt", "If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                    .shows(200, "0000 0000");
            browser.get("/jetty/d.txt", "If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                    .shows(412);
        });
    }

    @Test
    default void partsOfAFileCanBeAskedFor() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/jetty/d.txt", "Range", "bytes=5-8").shows(206, "0000").has("Content-Range", "bytes 5-8/610");
            browser.get("/jetty/d.txt", "Range", "bytes=-10").shows(206).has("Content-Length", "10");
            browser.get("/jetty/d.txt", "Range", "bytes=0-3,61-64").shows(206, "0000", "0001");
            browser.get("/jetty/d.txt", "Range", "bytes=9999-").shows(416).has("Content-Range", "bytes */610");
            browser.get("/jetty/data.txt", "Range", "bytes=100000-399999")
                    .shows(206)
                    .has("Content-Length", "300000");
        });
    }

    @Test
    default void textIsCompressedForThoseWhoAskForIt() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var plain = browser.get("/jetty/data.txt").shows(200).has("Content-Length", "610000");

            var compressed =
                    browser.get("/jetty/data.txt", "Accept-Encoding", "gzip").shows(200);

            compressed.has("Content-Encoding", "gzip");
            assertArrayEquals(plain.body(), compressed.content());
            browser.head("/jetty/data.txt", "Accept-Encoding", "gzip").shows(200);
            browser.get("/jsp/tagfile.jsp", "Accept-Encoding", "gzip")
                    .shows(200)
                    .has("Content-Encoding", "gzip");
            browser.get("/simple/jetty.png", "Accept-Encoding", "gzip")
                    .shows(200)
                    .has("Content-Length", "5465");
        });
    }
}
