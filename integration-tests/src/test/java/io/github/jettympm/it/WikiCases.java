package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** JSPWiki, used by somebody who has not logged in. */
interface WikiCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

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
            browser.get("/wiki/scripts/haddock.js").shows(200);
        });
    }

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
