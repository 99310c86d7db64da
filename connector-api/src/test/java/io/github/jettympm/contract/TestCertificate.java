package io.github.jettympm.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Certificates that sign themselves, made by the {@code keytool} of this JDK once per test run. */
final class TestCertificate {
    /** System property that names a file with the certificate of another process. */
    static final String SHARED = "contract.certificate";

    private static final String PASSWORD = "secret for tests";
    private static final int SESSIONS = 256; // the JDK keeps 20,480, which looks like a leak for the first hours

    private TestCertificate() {}

    /** Made when the first test needs it. */
    private static final class Localhost {
        static final KeyStore STORE = makeOrRead();

        private static KeyStore makeOrRead() {
            String shared = System.getProperty(SHARED);
            try {
                return shared == null ? make("localhost") : read(Path.of(shared));
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Made when the first test needs it. */
    private static final class Other {
        static final KeyStore STORE = make("other.test");
    }

    /** The certificate for {@code localhost}; another process may be told where it is. */
    static KeyStore localhost() {
        return Localhost.STORE;
    }

    /** Writes the certificate for {@code localhost} into a file, for a process that has {@link #SHARED} set to it. */
    static void writeLocalhost(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            localhost().store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for {@code other.test}. */
    static KeyStore other() {
        return Other.STORE;
    }

    static KeyStore both() {
        try {
            KeyStore both = KeyStore.getInstance("PKCS12");
            both.load(null, null);
            for (KeyStore store : List.of(localhost(), other())) {
                String alias = store.aliases().nextElement();
                both.setKeyEntry(
                        alias,
                        store.getKey(alias, PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        store.getCertificateChain(alias));
            }
            return both;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server's side with the certificate for {@code localhost}. */
    static SslContextFactory.Server serverFactory(String protocol) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(localhost());
        factory.setKeyStorePassword(PASSWORD);
        factory.setIncludeProtocols(protocol);
        factory.setSslSessionCacheSize(SESSIONS);
        return factory;
    }

    /** A client's side that trusts the certificate for {@code localhost} and says nothing of itself. */
    static SSLContext clientContext() {
        return clientContext(localhost(), null);
    }

    /** A client's side that trusts what is in one store, and shows the certificate in the other if there is one. */
    static SSLContext clientContext(KeyStore trusted, KeyStore own) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore make(String host) {
        try {
            Path directory = Files.createTempDirectory("contract-");
            Path file = directory.resolve("certificate.p12");
            try {
                keytool(host, file);
                return read(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(String host, Path file) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        tool,
                        "-genkeypair",
                        "-alias",
                        host,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
