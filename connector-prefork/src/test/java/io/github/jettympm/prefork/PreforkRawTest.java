package io.github.jettympm.prefork;

import io.github.jettympm.contract.RawProcessesContract;

class PreforkRawTest extends RawProcessesContract {
    PreforkRawTest() {
        super(PreforkConnector.class, "pm=static", "startServers=2");
    }
}
