package io.github.jettympm.event;

import io.github.jettympm.contract.LongSoakContract;

class EventLongSoakTest extends LongSoakContract {
    EventLongSoakTest() {
        super(EventConnector.class);
    }
}
