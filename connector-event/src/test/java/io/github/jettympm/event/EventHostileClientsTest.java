package io.github.jettympm.event;

import io.github.jettympm.contract.HostileClientsContract;
import org.junit.jupiter.api.Test;

class EventHostileClientsTest extends HostileClientsContract {
    EventHostileClientsTest() {
        super(EventConnector.class);
    }

    @Test
    void contentThatIsAwaitedHoldsNoThread() throws Exception {
        measureSlowContentThatIsAwaited();
    }
}
