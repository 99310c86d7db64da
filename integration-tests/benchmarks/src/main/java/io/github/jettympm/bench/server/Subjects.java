package io.github.jettympm.bench.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All servers under test, by name. */
public final class Subjects {
    /** What everything is compared with. */
    public static final String STOCK = "stock";

    /** The same once more, for the noise. */
    public static final String STOCK_AGAIN = "stock again";

    private static final String PEERS = "io.github.jettympm.bench.peer.";
    private static final List<String> UNDERTOW_LIBRARIES =
            List.of("undertow", "xnio", "jboss", "wildfly", "smallrye", "jakarta");

    private final Map<String, Subject> byName = new LinkedHashMap<>();

    /** Makes the catalogue. */
    public Subjects() {
        Stream.of(
                        new JettyWar(STOCK, "stock", false),
                        new JettyWar(STOCK_AGAIN, "stock", false),
                        new JettyWar("event", "event", false),
                        new JettyWar("worker", "worker", false),
                        new JettyWar("prefork", "prefork", false),
                        new JettyWar("stock virtual", "stock", true),
                        new JettyWar("stock virtual again", "stock", true),
                        new JettyWar("worker virtual", "worker", true),
                        core("core stock", "org.eclipse.jetty.server.ServerConnector"),
                        core("core stock again", "org.eclipse.jetty.server.ServerConnector"),
                        core("core event", "io.github.jettympm.event.EventConnector"),
                        core("core worker", "io.github.jettympm.worker.WorkerConnector"),
                        nonBlocking("core non-blocking stock", "org.eclipse.jetty.server.ServerConnector"),
                        nonBlocking("core non-blocking stock again", "org.eclipse.jetty.server.ServerConnector"),
                        nonBlocking("core non-blocking event", "io.github.jettympm.event.EventConnector"),
                        new JavaPeer("tomcat", PEERS + "TomcatPeer", List.of("tomcat"), List.of()),
                        new JavaPeer(
                                "tomcat virtual", PEERS + "TomcatPeer", List.of("tomcat"), List.of("virtual=true")),
                        new JavaPeer("undertow", PEERS + "UndertowPeer", UNDERTOW_LIBRARIES, List.of()),
                        new JavaPeer("helidon", "src/main/helidon/HelidonPeer.java", List.of("helidon"), List.of()),
                        new Httpd("httpd prefork", "prefork"),
                        new Httpd("httpd worker", "worker"),
                        new Httpd("httpd event", "event"),
                        new Nginx("nginx"))
                .forEach(subject -> byName.put(subject.name(), subject));
    }

    private static JavaPeer core(String name, String connector) {
        return core(name, List.of("connector=" + connector));
    }

    private static JavaPeer nonBlocking(String name, String connector) {
        return core(name, List.of("connector=" + connector, "nonBlocking=true"));
    }

    private static JavaPeer core(String name, List<String> settings) {
        return new JavaPeer(name, PEERS + "CorePeer", List.of("jetty", "slf4j", "jna"), settings);
    }

    /** The subject of a name. */
    public Subject get(String name) {
        Subject subject = byName.get(name);
        if (subject == null) {
            throw new IllegalArgumentException("no server is called " + name + "; there are " + byName.keySet());
        }
        return subject;
    }

    /** Refuses names that no server has. */
    public static void requireKnown(List<String> names) {
        var all = new Subjects();
        names.forEach(all::get);
    }
}
