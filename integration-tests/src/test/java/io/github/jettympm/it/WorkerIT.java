package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The worker connector answers as the stock connector does. */
class WorkerIT {
    @Nested
    @Tag("once")
    class Wars extends WarsContract {
        Wars() {
            super(Model.WORKER);
        }
    }

    @Nested
    @Tag("once")
    class TlsAndProtocols extends Http2Contract {
        TlsAndProtocols() {
            super(Model.WORKER);
        }
    }

    @Nested
    class Proxied extends ProxiedContract {
        Proxied() {
            super(Model.WORKER);
        }
    }
}
