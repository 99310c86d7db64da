package io.github.jettympm.prefork;

import io.github.jettympm.contract.LongSoakContract;

class PreforkLongSoakTest extends LongSoakContract {
    PreforkLongSoakTest() {
        super(PreforkConnector.class, "pm=static", "startServers=4");
    }
}
