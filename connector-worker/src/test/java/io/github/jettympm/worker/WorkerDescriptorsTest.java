package io.github.jettympm.worker;

import io.github.jettympm.contract.QuietDescriptorsContract;

class WorkerDescriptorsTest extends QuietDescriptorsContract {
    WorkerDescriptorsTest() {
        super(WorkerConnector.class);
    }
}
