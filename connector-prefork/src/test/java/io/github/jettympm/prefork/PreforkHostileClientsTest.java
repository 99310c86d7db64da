package io.github.jettympm.prefork;

import io.github.jettympm.contract.HostileClientsContract;

class PreforkHostileClientsTest extends HostileClientsContract {
    PreforkHostileClientsTest() {
        super(PreforkConnector.class, "pm=static", "startServers=4");
    }
}
