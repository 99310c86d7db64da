package io.github.jettympm.it;

/** HTTP/1.1 in all its forms, over clear text and TLS; servlets that wait for the body, and servlets that do not. */
abstract class TlsAndProtocolsContract extends Contract
        implements TlsCases, BodyCases, AsynchronousCases, ConnectionCases, WebSocketCases {
    TlsAndProtocolsContract(Model model) {
        super(Site.PROTOCOLS, model);
    }
}
