package io.github.jettympm.it;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The clients of one server; its visitors share them, as every idle connection costs prefork a process. */
record Clients(SSLContext tls, HttpClient http, HttpClient http2) {
    /** Seconds; all connections are local. */
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(20);

    /** @param trusted a key store, of which the certificates are trusted; may be missing if no TLS is spoken */
    static Clients trusting(Path trusted, String password) throws Exception {
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trustManagers(trusted, password).getTrustManagers(), null);
        return new Clients(tls, client(tls, HttpClient.Version.HTTP_1_1), client(tls, HttpClient.Version.HTTP_2));
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
