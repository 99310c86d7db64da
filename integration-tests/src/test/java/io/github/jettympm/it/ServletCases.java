package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Jetty's demos: JSPs, forms, uploads, sessions, annotations, asynchronous servlets. */
interface ServletCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void serverPagesAreCompiledAndShown() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/jsp/").shows(200, "JSP Examples on");
            browser.get("/jsp/dump.jsp").shows(200, "/jsp/dump.jsp");
            browser.get("/jsp/tag.jsp").shows(200, "acme:date");
            browser.get("/jsp/tag2.jsp").shows(200);
            browser.get("/jsp/tagfile.jsp").shows(200, "A panel in a panel.");
            browser.get("/jsp/expr.jsp?A=21").shows(200, "<td>42&nbsp;</td>");
            browser.get("/jsp/jstl.jsp").shows(200, "JSTL Example", "10");
            browser.get("/jsp/foo/").shows(200, "FOO Example");
            browser.get("/jsp/missing.jsp").shows(404);
            browser.get("/spec/dynamicjsp/x").shows(200, "Programmatically Added Jsp File");
        });
    }

    @Test
    default void sessionIsMadeFilledAndInvalidated() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var session = HtmlForm.to("/jetty/session/");

            browser.get("/jetty/session/").shows(200, "No Session");
            browser.follow(browser.submit(session.with("Action", "New Session")));
            browser.follow(browser.submit(
                            session.with("Action", "Set").with("Name", "colour").with("Value", "green")))
                    .shows(200, "<b>colour:</b> green");
            browser.follow(browser.submit(session.with("Action", "Remove").with("Name", "colour")));
            browser.follow(browser.submit(session.with("Action", "Invalidate"))).shows(200, "No Session");
        });
    }

    @Test
    default void cookieIsSetAndReturned() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var cookie = HtmlForm.to("/jetty/cookie/").with("Name", "taste").with("Value", "sweet");

            browser.submit(cookie.with("Age", "1000").with("Action", "Set"));

            browser.get("/jetty/cookie/").shows(200, "<b>taste</b>=sweet");
        });
    }

    @Test
    default void annotationsFragmentsAndInjectionWork() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            var results = browser.submit(HtmlForm.to("/spec/test")).shows(200, "<span class=\"pass\">PASS</span>");

            assertFalse(results.text().contains("FAIL"), results::text);
            browser.get("/spec/fragment").shows(200, "Jetty Fragment Servlet");
            browser.get("/spec/classloader").shows(200, "ClassLoader Isolation Test");
        });
    }

    @Test
    default void filesAreUploaded() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var large = Bodies.LARGE;
            var small = new Multipart()
                    .field("comment", "süß")
                    .file("userfile1", "small.txt", "text/plain", "small".getBytes(StandardCharsets.UTF_8));
            var both = new Multipart()
                    .field("TextField", "süß")
                    .file("file1", "large.bin", "application/octet-stream", large)
                    .file("file2", "small.txt", "text/plain", "small".getBytes(StandardCharsets.UTF_8));

            browser.upload("/spec/multi", small).shows(200, "userfile1", "comment");
            browser.upload("/jetty/dump/info", both).shows(200, "fileName=large.bin", "fileName=small.txt");
        });
    }

    @Test
    default void formFieldsArriveInTheirEncoding() throws Exception {
        sameAsStock(visit -> {
            var form = HtmlForm.to("/jetty/dump/info?fromQuery=1")
                    .with("TextField", "süß & <salzig>")
                    .with("Select", "ValueB1,ValueB2");

            visit.browser().submit(form).shows(200, "süß &amp; &lt;salzig&gt;", "fromQuery");
        });
    }

    @Test
    default void asynchronousServletsAnswer() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/jetty/dump/info?startAsync=5000&complete=10").shows(200, "COMPLETED");
            browser.get("/jetty/dump/info?startAsync=5000&dispatch=10").shows(200, "ASYNC");
            browser.get("/jetty/dump/info?startAsync=20").shows(200);
            browser.submit(HtmlForm.to("/spec/asy/xx")).shows(200, "AsyncListener", "PASS");
        });
    }

    @Test
    default void answersOfUnknownLengthAreChunked() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/jetty/dump/info?flush=true&data=400000").shows(200).has("Transfer-Encoding", "chunked");
            browser.get("/jetty/dump/info?chars=40000").shows(200);
            browser.get("/jetty/dump/info?dribble=true&data=1000").shows(200);
            browser.get("/jetty/dump/info?lines=200&buffer=1024").shows(200, "A line of characters");
            browser.get("/jetty/hello/").shows(200, "Hello World").has("Transfer-Encoding", "chunked");
        });
    }

    @Test
    default void servletsIncludeAndForward() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/jetty/dispatch/includeW/dump/info").shows(200, "Include (writer)", "Dump Servlet");
            browser.get("/jetty/dispatch/includeS/d.txt").shows(200, "Include (outputstream)", "0000 0000");
            browser.get("/jetty/dispatch/forward/dump/info?x=y").shows(200, "Dump Servlet");
            browser.get("/jetty/dispatch/includeN/Hello").shows(200, "Hello World");
        });
    }
}
