package io.github.jettympm.bench.server;

import io.github.jettympm.bench.load.Target;
import io.github.jettympm.bench.machine.Ports;
import io.github.jettympm.bench.machine.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** nginx in the foreground: two workers (one where there is one processor), no access log, no limit to keep-alive. */
record Nginx(String name) implements Subject {
    @Override
    public Optional<String> missing(Setup setup, Placement placement) {
        return Tools.missing("nginx");
    }

    @Override
    public RunningServer launch(Setup setup, Placement placement) throws IOException {
        var target = new Target(Ports.free(), 0, placement.cpus());
        Path directory = Files.createDirectories(
                setup.target().resolve("bases").resolve(name.replace(' ', '-') + "-" + target.port()));
        Files.writeString(directory.resolve("nginx.conf"), configuration(setup, placement, target, directory));
        List<String> command = List.of(
                Tools.path("nginx"),
                "-p",
                directory + "/",
                "-c",
                directory.resolve("nginx.conf").toString());
        return RunningServer.start(name, command, directory, target, placement.jdk());
    }

    private static String configuration(Setup setup, Placement placement, Target target, Path directory) {
        return """
                daemon off;
                worker_processes %1$s;
                worker_rlimit_nofile 100000;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log;
                events { worker_connections 60000; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000000;
                    keepalive_timeout 600s;
                    http2_max_concurrent_streams 128;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/proxy;
                    fastcgi_temp_path %2$s/fastcgi;
                    uwsgi_temp_path %2$s/uwsgi;
                    scgi_temp_path %2$s/scgi;
                    server {
                        listen 127.0.0.1:%3$s backlog=4096 %4$s;
                        location = /bench/hello { default_type text/plain; return 200 "Hello, World!"; }
                        location /bench/ { alias %5$s/; }
                    }
                }
                """.formatted(
                        placement.cpus().isEmpty() ? 2 : 1,
                        directory,
                        target.port(),
                        placement.variant() == Variant.HTTP2 ? "http2" : "",
                        setup.files());
    }
}
