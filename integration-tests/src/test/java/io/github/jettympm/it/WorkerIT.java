package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;

/** The worker connector answers as the stock connector does. */
class WorkerIT {
    @Nested
    class Wars extends WarsContract {
        Wars() {
            super(Model.WORKER);
        }
    }

    @Nested
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
