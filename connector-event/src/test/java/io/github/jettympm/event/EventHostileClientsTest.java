package io.github.jettympm.event;

import io.github.jettympm.contract.HostileClientsContract;

class EventHostileClientsTest extends HostileClientsContract {
    EventHostileClientsTest() {
        super(EventConnector.class);
    }
}
