package io.github.jettympm.event;

import io.github.jettympm.contract.LongSoakContract;

class EventProcessesLongSoakTest extends LongSoakContract {
    EventProcessesLongSoakTest() {
        super(EventConnector.class, "processes=2");
    }
}
