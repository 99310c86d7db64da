package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The event connector answers as the stock connector does. */
class EventIT {
    @Nested
    class Wars extends WarsContract {
        Wars() {
            super(Model.EVENT);
        }
    }

    @Nested
    @Tag("once")
    class TlsAndProtocols extends Http2Contract {
        TlsAndProtocols() {
            super(Model.EVENT);
        }
    }

    @Nested
    class Proxied extends ProxiedContract {
        Proxied() {
            super(Model.EVENT);
        }
    }
}
