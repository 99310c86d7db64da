package io.github.jettympm.bench.server;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.machine.Command;
import io.github.jettympm.bench.machine.Jdk;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Makes the files that servers serve and clients send. */
public final class Payloads {
    /** Bytes of the small static file. */
    public static final int SMALL = 1024;

    /** Bytes of the larger static file. */
    public static final int MEDIUM = 1024 * 1024;

    private final Setup setup;

    /** Makes files in the setup's target directory. */
    public Payloads(Setup setup) {
        this.setup = setup;
    }

    /** Makes what is not there yet. */
    public void make() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(setup.files().resolve("static"));
        Files.write(setup.files().resolve("hello"), Payload.hello());
        Files.write(directory.resolve("1k.bin"), new byte[SMALL]);
        Files.write(directory.resolve("1m.bin"), new byte[MEDIUM]);
        if (Files.notExists(setup.upload()) || Files.size(setup.upload()) != Payload.LARGE) {
            Files.write(setup.upload(), new byte[Payload.LARGE]);
        }
        war(directory);
        keyStore();
    }

    /** The WAR of the build, with the static files in it. */
    private void war(Path files) throws IOException {
        Files.copy(built(), setup.war(), StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem zip = FileSystems.newFileSystem(setup.war())) {
            Files.createDirectories(zip.getPath("/static"));
            for (String name : List.of("1k.bin", "1m.bin")) {
                Files.copy(files.resolve(name), zip.getPath("/static", name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path built() throws IOException {
        try (Stream<Path> files = Files.list(setup.target())) {
            return files.filter(file -> file.toString().endsWith("-app.war"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no WAR in " + setup.target()));
        }
    }

    private void keyStore() throws IOException, InterruptedException {
        if (Files.exists(setup.keyStore())) {
            return;
        }
        List<String> command = List.of(
                Jdk.own().program("keytool"),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                "bench",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-validity",
                "365",
                "-storetype",
                "PKCS12",
                "-storepass",
                "bench-mark",
                "-keystore",
                setup.keyStore().toString());
        Command.run(Duration.ofSeconds(30), command).require(command);
    }
}
