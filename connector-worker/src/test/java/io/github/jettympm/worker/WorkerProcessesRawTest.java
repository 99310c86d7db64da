package io.github.jettympm.worker;

import io.github.jettympm.contract.RawProcessesContract;

class WorkerProcessesRawTest extends RawProcessesContract {
    WorkerProcessesRawTest() {
        super(WorkerConnector.class, "processes=2");
    }
}
