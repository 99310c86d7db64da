package io.github.jettympm.event;

import io.github.jettympm.contract.QuietDescriptorsContract;

class EventDescriptorsTest extends QuietDescriptorsContract {
    EventDescriptorsTest() {
        super(EventConnector.class);
    }
}
