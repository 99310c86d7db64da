package io.github.jettympm.bench.load;

/**
 * Where a server answers.
 *
 * @param port clear text
 * @param tlsPort 0 if it has none
 * @param cpus processors for the load, as taskset names them; empty for any
 */
public record Target(int port, int tlsPort, String cpus) {
    String url(boolean tls, String path) {
        return tls ? "https://127.0.0.1:" + tlsPort + path : "http://127.0.0.1:" + port + path;
    }
}
