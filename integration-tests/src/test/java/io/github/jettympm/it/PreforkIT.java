package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The prefork connector answers as the stock connector does, except that it does not speak HTTP/2. */
class PreforkIT {
    @Nested
    @Tag("once")
    class Wars extends WarsContract {
        Wars() {
            super(Model.PREFORK);
        }
    }

    @Nested
    @Tag("once")
    class TlsAndProtocols extends TlsAndProtocolsContract {
        TlsAndProtocols() {
            super(Model.PREFORK);
        }
    }

    @Nested
    class Proxied extends ProxiedContract {
        Proxied() {
            super(Model.PREFORK);
        }
    }
}
