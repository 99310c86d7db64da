package io.github.jettympm.worker;

import io.github.jettympm.contract.LongSoakContract;

class WorkerProcessesLongSoakTest extends LongSoakContract {
    WorkerProcessesLongSoakTest() {
        super(WorkerConnector.class, "processes=2");
    }
}
