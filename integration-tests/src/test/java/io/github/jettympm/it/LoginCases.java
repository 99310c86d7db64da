package io.github.jettympm.it;

import org.junit.jupiter.api.Test;

/** Form login of the container, and what Shiro shows to strangers. */
interface LoginCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void formLoginOpensProtectedPagesUntilLogout() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var login = HtmlForm.to("/spec/j_security_check").with("j_username", "admin");

            var asked = browser.get("/spec/role").shows(302);
            browser.follow(asked).shows(200, "j_security_check");
            browser.follow(browser.submit(login.with("j_password", "wrong")).shows(303))
                    .shows(200);
            var welcome =
                    browser.submit(login.with("j_password", "admin-password")).shows(303);
            browser.follow(welcome).shows(200, "isUserInRole(\"manager\")=true: <span class=\"pass\">PASS");
            browser.get("/spec/logout.jsp").shows(200, "You are now logged out.");
            browser.get("/spec/role").shows(302);
        });
    }

    @Test
    default void programmaticLogoutForgetsTheUser() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var login = HtmlForm.to("/jetty/j_security_check")
                    .with("j_username", "admin")
                    .with("j_password", "admin-password");

            browser.get("/jetty/auth2/index.html").shows(302);
            browser.follow(browser.submit(login).shows(303)).shows(200, "You have successfully authenticated");
            browser.get("/jetty/login/?action=logout")
                    .shows(200, "Before getRemoteUser=admin", "After getRemoteUser=null");
        });
    }

    @Test
    default void shiroAsksStrangersForALogin() throws Exception {
        sameAsStock(visit -> {
            visit.browser().get("/shiro/").shows(200, "Hi Guest!");
            visit.browser().get("/shiro/account/").shows(302);
            visit.browser().get("/shiro/login.jsp").shows(200, "Please Log in");
            visit.browser().get("/shiro/style.css").shows(200).has("Content-Type", "text/css");
        });
    }
}
