package io.github.jettympm.prefork;

import io.github.jettympm.contract.SoakProcessesContract;

class PreforkSoakTest extends SoakProcessesContract {
    PreforkSoakTest() {
        super(PreforkConnector.class, "pm=static", "startServers=4");
    }
}
