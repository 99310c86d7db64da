package io.github.jettympm.event;

import io.github.jettympm.contract.RawProcessesContract;

class EventProcessesRawTest extends RawProcessesContract {
    EventProcessesRawTest() {
        super(EventConnector.class, "processes=2");
    }
}
