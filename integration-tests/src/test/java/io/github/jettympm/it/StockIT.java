package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Two servers with the stock connector answer alike: what must differ between servers is known. */
@Tag("once")
@Tag("long")
class StockIT {
    @Nested
    class Wars extends WarsContract {
        Wars() {
            super(Model.STOCK);
        }
    }

    @Nested
    class TlsAndProtocols extends Http2Contract {
        TlsAndProtocols() {
            super(Model.STOCK);
        }
    }

    @Nested
    class Proxied extends ProxiedContract {
        Proxied() {
            super(Model.STOCK);
        }
    }
}
