package io.github.jettympm.event;

import io.github.jettympm.contract.QuietDescriptorsContract;

/** In a process of its own, which goes on to see its parent when it has no descriptor left. */
class EventProcessDescriptorsTest extends QuietDescriptorsContract {
    EventProcessDescriptorsTest() {
        super(EventConnector.class, "processes=1");
    }
}
