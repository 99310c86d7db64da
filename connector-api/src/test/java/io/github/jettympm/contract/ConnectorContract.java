package io.github.jettympm.contract;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients, applications and operators may expect of every connector, in clear text and over TLS. The expectations
 * are literal, and the stock connector of Jetty is held to them as well.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Transport.class)
public abstract class ConnectorContract {
    @Parameter
    Transport transport;

    /**
     * Makes a connector that serves in this process.
     *
     * @param server the server it is for
     * @param factories its protocols
     * @return a connector that is not started
     */
    protected abstract AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories);

    private Site newSite() {
        return new Site(this::newConnector, transport);
    }

    @Nested
    class Requests extends RequestCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Content extends ContentCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Asynchronous extends AsynchronousCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Timeouts extends TimeoutCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Disconnects extends DisconnectCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Protocols extends ProtocolCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class LifeCycle extends LifeCycleCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Observers extends ObserverCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Tls extends TlsCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Framing extends FramingCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Tunnels extends TunnelCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Depth extends DepthCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Duplex extends DuplexCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Pushes extends PushCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Faults extends FaultCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }

    @Nested
    class Servers extends ServerCases {
        @Override
        Site newSite() {
            return ConnectorContract.this.newSite();
        }
    }
}
