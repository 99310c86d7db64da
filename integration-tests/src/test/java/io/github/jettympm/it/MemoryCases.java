package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/**
 * Applications that keep in the memory of one process what the next request asks for, so that these cases can be had with
 * one process only. What each of them keeps there is said at the case.
 */
interface MemoryCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    /** The rooms of the chat, with who is in them and the messages for each, are a map of the servlet. */
    @Test
    default void longPollingDeliversMessages() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var chat = HtmlForm.to("/jetty/chat/").with("user", "Ada");

            browser.submit(chat.with("join", "true").with("message", "has joined"))
                    .shows(200, "has joined");
            browser.submit(chat.with("message", "hello")).shows(200);
            browser.submit(chat).shows(200, "\"from\":\"Ada\"", "hello");
        });
    }

    /**
     * The bean is changed and nobody tells the session: Jetty writes it when the request has ended, and by then the visitor
     * has the answer and may have asked another process.
     */
    @Test
    default void beanInASessionCounts() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var stranger = visit.browser();

            browser.get("/jsp/bean1.jsp").shows(200, "Counter accessed 1 times");
            browser.get("/jsp/bean1.jsp").shows(200, "Counter accessed 2 times");
            browser.get("/jsp/bean2.jsp").shows(200, "Counter accessed 3 times");
            stranger.get("/jsp/bean1.jsp").shows(200, "Counter accessed 1 times");
        });
    }

    /** This WAR has Shiro keep sessions itself (DefaultWebSessionManager in its shiro.ini), in a map. */
    @Test
    default void shiroLogsInAndOut() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var login = HtmlForm.to("/shiro/login.jsp").with("username", "lonestarr");

            browser.get("/shiro/").shows(200, "Hi Guest!");
            browser.follow(browser.get("/shiro/account/").shows(302)).shows(200, "Please Log in");
            browser.submit(login.with("password", "wrong")).shows(200, "Please Log in");
            browser.follow(browser.submit(login.with("password", "vespa")).shows(302))
                    .shows(200, "You are currently logged in.");
            browser.get("/shiro/home.jsp").shows(200, "Hi lonestarr!");
            browser.follow(browser.submit(HtmlForm.to("/shiro/logout")).shows(302))
                    .shows(200, "Hi Guest!");
            browser.get("/shiro/account/").shows(302);
        });
    }

    /** JSPWiki keeps pages that it has read in a cache, and who somebody is in a map by sessions. */
    @Test
    default void wikiPageIsWrittenAndRead() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/wiki/").shows(200, "JSPWiki: Main");
            browser.get("/wiki/Wiki.jsp?page=Brewing").shows(200, "This page does not exist");
            save(browser, "Brewing", "Water, __malt__, hops.");
            save(browser, "Brewing", "Water, __malt__, hops, yeast. See [Fermenting].");
            browser.get("/wiki/Wiki.jsp?page=Brewing").shows(200, "Water, <b>malt</b>, hops, yeast.");
            browser.get("/wiki/Wiki.jsp?page=Brewing&skin=raw").shows(200, "Water, __malt__, hops, yeast.");
            browser.get("/wiki/Wiki.jsp?page=Brewing&version=1").shows(200, "Water, <b>malt</b>, hops.");
        });
    }

    /** It keeps attachments in the same way. */
    @Test
    default void wikiPageTakesAttachments() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var large = Bodies.LARGE;
            browser.get("/wiki/").shows(200);
            save(browser, "Drinking", "Cheers.");

            var form = HtmlForm.in(
                    browser.get("/wiki/Upload.jsp?page=Drinking").shows(200).text(), "uploadform");
            var upload = new Multipart();
            form.fields().forEach(upload::field);
            upload.file("files", "beer.bin", "application/octet-stream", large);
            browser.upload(form.action(), upload).shows(302);

            var attached = browser.get("/wiki/attach/Drinking/beer.bin").shows(200);
            assertArrayEquals(large, attached.body());
        });
    }

    private static void save(Browser browser, String page, String text) throws Exception {
        var form = HtmlForm.in(
                browser.get("/wiki/Edit.jsp?page=" + page).shows(200).text(), "editform");
        var saved = browser.submit(form.with("_editedtext", text).with("ok", "Save"));
        saved.shows(302).has("Location", "/wiki/Wiki.jsp?page=" + page);
        browser.follow(saved).shows(200, "JSPWiki: " + page);
    }
}
