package io.github.jettympm.it;

import org.junit.jupiter.api.Test;

/** JSPWiki, read by people who do not come again. */
interface WikiCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void wikiIsReadByStrangers() throws Exception {
        sameAsStock(visit -> {
            visit.browser().get("/wiki/").shows(200, "JSPWiki: Main");
            visit.browser().get("/wiki/Wiki.jsp?page=Nowhere").shows(200, "This page does not exist");
            visit.browser().get("/wiki/scripts/haddock.js").shows(200);
        });
    }
}
