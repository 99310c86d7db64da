package io.github.jettympm.worker;

import io.github.jettympm.contract.DropInContract;

class WorkerDropInTest extends DropInContract {
    WorkerDropInTest() {
        super(WorkerConnector.class);
    }
}
