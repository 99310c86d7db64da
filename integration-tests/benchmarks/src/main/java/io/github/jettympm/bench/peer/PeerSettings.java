package io.github.jettympm.bench.peer;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a peer's process is told on its command line, as {@code name=value}. */
record PeerSettings(Map<String, String> values) {
    static PeerSettings of(String... arguments) {
        return new PeerSettings(Stream.of(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    int port() {
        return Integer.parseInt(values.get("port"));
    }

    /** 0 for clear text only. */
    int tlsPort() {
        return Integer.parseInt(values.getOrDefault("tlsPort", "0"));
    }

    /** PKCS 12, password {@code bench-mark}. */
    Path keyStore() {
        return Path.of(values.get("keyStore"));
    }

    /** Where the static files are. */
    Path files() {
        return Path.of(values.get("files"));
    }

    boolean virtualThreads() {
        return values.containsKey("virtual");
    }

    boolean nonBlocking() {
        return values.containsKey("nonBlocking");
    }

    boolean http2() {
        return values.containsKey("http2");
    }

    String connector() {
        return values.get("connector");
    }
}
