package io.github.jettympm.contract;

import org.eclipse.jetty.server.ServerConnector;

class StockDescriptorsTest extends DescriptorsContract {
    StockDescriptorsTest() {
        super(ServerConnector.class);
    }
}
