package io.github.jettympm.worker;

import io.github.jettympm.contract.LongSoakContract;

class WorkerLongSoakTest extends LongSoakContract {
    WorkerLongSoakTest() {
        super(WorkerConnector.class);
    }
}
