package io.github.jettympm.it;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The clients of one server; its visitors share them, as every idle connection costs prefork a process. Where there are
 * several processes, the requests of a visitor go in turn over as many connections: under prefork each to another process,
 * else to whichever has taken the connection.
 */
final class Clients {
    /** Seconds; all connections are local. */
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(20);

    private final SSLContext tls;
    private final List<HttpClient> http;
    private final HttpClient http2;
    private final AtomicInteger turn = new AtomicInteger();

    private Clients(SSLContext tls, List<HttpClient> http, HttpClient http2) {
        this.tls = tls;
        this.http = http;
        this.http2 = http2;
    }

    /** @param trusted a key store, of which the certificates are trusted; may be missing if no TLS is spoken */
    static Clients trusting(Path trusted, String password) throws Exception {
        return trusting(trusted, password, 1);
    }

    /** @param connections how many are asked in turn */
    static Clients trusting(Path trusted, String password, int connections) throws Exception {
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trustManagers(trusted, password).getTrustManagers(), null);
        var http = Stream.generate(() -> client(tls, HttpClient.Version.HTTP_1_1))
                .limit(connections)
                .toList();
        return new Clients(tls, http, client(tls, HttpClient.Version.HTTP_2));
    }

    SSLContext tls() {
        return tls;
    }

    /** The client whose turn it is to speak HTTP/1.1. */
    HttpClient http() {
        return http.get(Math.floorMod(turn.getAndIncrement(), http.size()));
    }

    /** The client that speaks HTTP/2. */
    HttpClient http2() {
        return http2;
    }

    private static TrustManagerFactory trustManagers(Path trusted, String password) throws Exception {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(Files.exists(trusted) ? KeyStore.getInstance(trusted.toFile(), password.toCharArray()) : null);
        return factory;
    }

    private static HttpClient client(SSLContext tls, HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(version)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_DEADLINE)
                .build();
    }
}
