package io.github.jettympm.event;

import io.github.jettympm.contract.DropInContract;

class EventDropInTest extends DropInContract {
    EventDropInTest() {
        super(EventConnector.class);
    }
}
