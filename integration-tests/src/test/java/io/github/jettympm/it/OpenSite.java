package io.github.jettympm.it;

import java.net.URI;

/** A site that a server serves, ready for visitors. */
record OpenSite(JettyServer server, Clients clients) implements AutoCloseable {
    Visit visit() {
        return new Visit(this);
    }

    URI clearTextOrigin() {
        return URI.create("http://localhost:" + server.port());
    }

    URI tlsOrigin() {
        return URI.create("https://localhost:" + server.tlsPort());
    }

    @Override
    public void close() {
        server.close();
    }
}
