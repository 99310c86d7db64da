package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Connectors with several processes answer as the stock connector does in one. */
class SeveralProcessesIT {
    @Nested
    @Tag("once")
    class PreforkWars extends SharedWarsContract {
        PreforkWars() {
            super(Model.PREFORK_3);
        }
    }

    @Nested
    @Tag("long")
    class WorkerWars extends SharedWarsContract {
        WorkerWars() {
            super(Model.WORKER_2);
        }
    }

    @Nested
    @Tag("long")
    class EventWars extends SharedWarsContract {
        EventWars() {
            super(Model.EVENT_2);
        }
    }

    @Nested
    @Tag("long")
    class PreforkProtocols extends TlsAndProtocolsContract {
        PreforkProtocols() {
            super(Model.PREFORK_3);
        }
    }

    @Nested
    @Tag("long")
    class WorkerProtocols extends Http2Contract {
        WorkerProtocols() {
            super(Model.WORKER_2);
        }
    }

    @Nested
    @Tag("long")
    class EventProtocols extends Http2Contract {
        EventProtocols() {
            super(Model.EVENT_2);
        }
    }
}
