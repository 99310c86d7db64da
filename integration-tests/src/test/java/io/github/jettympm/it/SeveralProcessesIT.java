package io.github.jettympm.it;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Connectors with several processes answer as the stock connector does in one. */
@Tag("long")
class SeveralProcessesIT {
    @Nested
    class PreforkWars extends SharedWarsContract {
        PreforkWars() {
            super(Model.PREFORK_3);
        }
    }

    @Nested
    class WorkerWars extends SharedWarsContract {
        WorkerWars() {
            super(Model.WORKER_2);
        }
    }

    @Nested
    class EventWars extends SharedWarsContract {
        EventWars() {
            super(Model.EVENT_2);
        }
    }

    @Nested
    class PreforkProtocols extends TlsAndProtocolsContract {
        PreforkProtocols() {
            super(Model.PREFORK_3);
        }
    }

    @Nested
    class WorkerProtocols extends Http2Contract {
        WorkerProtocols() {
            super(Model.WORKER_2);
        }
    }

    @Nested
    class EventProtocols extends Http2Contract {
        EventProtocols() {
            super(Model.EVENT_2);
        }
    }
}
