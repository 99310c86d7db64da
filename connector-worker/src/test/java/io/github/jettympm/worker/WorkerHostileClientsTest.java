package io.github.jettympm.worker;

import io.github.jettympm.contract.HostileClientsContract;

class WorkerHostileClientsTest extends HostileClientsContract {
    WorkerHostileClientsTest() {
        super(WorkerConnector.class);
    }
}
