package io.github.jettympm.it;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Jolokia: JMX over HTTP, behind basic authentication. */
interface JolokiaCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void jolokiaReadsAttributes() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();
            var verbose = "/jolokia/read/java.lang:type=Memory/Verbose";

            browser.get(verbose).shows(401).has("WWW-Authenticate", "Basic realm=\"jolokia\"");
            browser.get(verbose, "Authorization", basic("monitor", "wrong")).shows(401);
            browser.get(verbose, "Authorization", basic("monitor", "monitor-password"))
                    .shows(200, "\"value\":false", "\"status\":200");
            browser.get(
                            "/jolokia/read/java.lang:type=NoSuchThing/Verbose",
                            "Authorization",
                            basic("monitor", "monitor-password"))
                    .shows(200, "\"status\":404");
        });
    }

    @Test
    default void jolokiaAnswersManyQuestionsAtOnce() throws Exception {
        sameAsStock(visit -> {
            var questions = """
                    [{"type": "read", "mbean": "java.lang:type=Runtime", "attribute": "SpecVersion"},
                     {"type": "read", "mbean": "java.lang:type=ClassLoading", "attribute": "Verbose"},
                     {"type": "exec", "mbean": "java.lang:type=Threading", "operation": "findDeadlockedThreads()"}]
                    """;

            visit.browser()
                    .send(
                            "POST",
                            "/jolokia/",
                            BodyPublishers.ofString(questions),
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            basic("monitor", "monitor-password"))
                    .shows(200, "SpecVersion", "\"value\":false", "findDeadlockedThreads");
        });
    }

    /** Jetty's module {@code jmx} makes beans of the server's components. */
    @Test
    default void jolokiaReadsTheSettingsOfTheConnector() throws Exception {
        var attributes = "idleTimeout,defaultProtocol,port,acceptQueueSize,reuseAddress,acceptedTcpNoDelay";
        sameAsStock(visit -> visit.browser()
                .get(
                        "/jolokia/read/*:type=*connector,*/" + attributes,
                        "Authorization",
                        basic("monitor", "monitor-password"))
                .shows(200, "\"status\":200", "\"idleTimeout\":30000", "\"acceptedTcpNoDelay\":true"));
    }

    private static String basic(String user, String password) {
        var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
