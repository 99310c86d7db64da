package io.github.jettympm.bench.server;

import io.github.jettympm.bench.load.Target;
import io.github.jettympm.bench.machine.Ports;
import io.github.jettympm.bench.machine.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Apache httpd in the foreground with one of its models, serving files; no access log, no limit to keep-alive. */
record Httpd(String name, String model) implements Subject {
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    @Override
    public Optional<String> missing(Setup setup, Placement placement) {
        return Tools.missing("apache2");
    }

    @Override
    public RunningServer launch(Setup setup, Placement placement) throws IOException {
        var target = new Target(Ports.free(), 0, placement.cpus());
        Path directory = Files.createDirectories(
                setup.target().resolve("bases").resolve(name.replace(' ', '-') + "-" + target.port()));
        Files.writeString(directory.resolve("httpd.conf"), configuration(setup, target, directory));
        List<String> command = List.of(
                Tools.path("setsid"), // when it ends it signals its process group, which was the harness's
                Tools.path("apache2"),
                "-D",
                "FOREGROUND",
                "-f",
                directory.resolve("httpd.conf").toString());
        return RunningServer.start(name, command, directory, target, placement.jdk());
    }

    private String configuration(Setup setup, Target target, Path directory) {
        return """
                ServerRoot %1$s
                ServerName localhost
                DefaultRuntimeDir %1$s
                PidFile %1$s/httpd.pid
                ErrorLog %1$s/error.log
                Listen 127.0.0.1:%2$s
                LoadModule mpm_%3$s_module %4$s/mod_mpm_%3$s.so
                LoadModule authz_core_module %4$s/mod_authz_core.so
                LoadModule alias_module %4$s/mod_alias.so
                User %5$s
                Group #65534
                ListenBackLog 4096
                KeepAlive On
                MaxKeepAliveRequests 0
                KeepAliveTimeout 600
                %6$s
                Alias /bench %7$s
                <Directory %7$s>
                    Require all granted
                </Directory>
                """.formatted(directory, target.port(), model, MODULES, "nobody", limits(), setup.files());
    }

    private String limits() {
        return model.equals("prefork")
                ? "StartServers 8\nServerLimit 256\nMaxRequestWorkers 256\nMinSpareServers 4\nMaxSpareServers 256"
                : "ThreadsPerChild 64\nServerLimit 16\nMaxRequestWorkers 1024\nStartServers 16\n"
                        + "MinSpareThreads 64\nMaxSpareThreads 1088";
    }
}
