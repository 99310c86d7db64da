package io.github.jettympm.it;

import java.util.List;
import java.util.Optional;

/** A connector that an operator can choose, and what the choice means for a Jetty base. */
enum Model {
    /** Jetty's own connector: what it answers is what the others have to answer. */
    STOCK("http", "ssl", "ServerConnector", Optional.empty(), List.of()),
    EVENT("connector-event", "connector-event-ssl", "EventConnector", Optional.of("connector-event.zip"), List.of()),
    WORKER(
            "connector-worker",
            "connector-worker-ssl",
            "WorkerConnector",
            Optional.of("connector-worker.zip"),
            List.of()),
    /** One child, which leaves nothing to others; all else would only cost start-up time here. */
    PREFORK(
            "connector-prefork",
            "connector-prefork-ssl",
            "PreforkConnector",
            Optional.of("connector-prefork.zip"),
            List.of("jetty.prefork.pm=static", "jetty.prefork.startServers=1", "jetty.prefork.classDataArchive=false")),
    /** Three children, whose sessions are where its module puts them. */
    PREFORK_3(PREFORK, 3, List.of("jetty.prefork.pm=static", "jetty.prefork.startServers=3")),
    EVENT_2(EVENT, 2, List.of("jetty.event.processes=2")),
    WORKER_2(WORKER, 2, List.of("jetty.worker.processes=2"));

    private final String module;
    private final String tlsModule;
    private final String connectorClass;
    private final Optional<String> dropIn;
    private final List<String> properties;
    private final int processes;

    /** All applications in one process. */
    Model(String module, String tlsModule, String connectorClass, Optional<String> dropIn, List<String> properties) {
        this.module = module;
        this.tlsModule = tlsModule;
        this.connectorClass = connectorClass;
        this.dropIn = dropIn;
        this.properties = properties;
        this.processes = 1;
    }

    /** The connector of another model, with all applications in several processes. */
    Model(Model inOne, int processes, List<String> properties) {
        this.module = inOne.module;
        this.tlsModule = inOne.tlsModule;
        this.connectorClass = inOne.connectorClass;
        this.dropIn = inOne.dropIn;
        this.properties = properties;
        this.processes = processes;
    }

    /** The Jetty module of the clear-text connector. */
    String module() {
        return module;
    }

    /** The Jetty module of the TLS connector. */
    String tlsModule() {
        return tlsModule;
    }

    /** The simple name of the connector's class, which Jetty logs when the connector has started. */
    String connectorClass() {
        return connectorClass;
    }

    /** The file to unpack into a Jetty base first. */
    Optional<String> dropIn() {
        return dropIn;
    }

    /** What to add to the command line, as {@code name=value}. */
    List<String> properties() {
        return properties;
    }

    /** In how many processes the applications run. */
    int processes() {
        return processes;
    }

    /** Whether a process serves one connection at a time. */
    boolean isPrefork() {
        return module.equals(PREFORK.module);
    }

    /** Whether it speaks HTTP/2, which a process that serves one connection at a time gains nothing from. */
    boolean speaksHttp2() {
        return !isPrefork();
    }

    /** The modules that say where sessions are, for applications that keep some. */
    List<String> sessionModules() {
        if (processes == 1) {
            // JSPWiki forgets who a user is when no object of the session is in memory any more.
            return isPrefork() ? List.of("mpm-session-memory") : List.of();
        }
        // Prefork brings these two itself.
        return isPrefork() ? List.of() : List.of("mpm-session-store", "mpm-session-cache");
    }
}
