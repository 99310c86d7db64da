package io.github.jettympm.prefork;

import io.github.jettympm.contract.DropInContract;

class PreforkDropInTest extends DropInContract {
    PreforkDropInTest() {
        super(PreforkConnector.class);
    }
}
