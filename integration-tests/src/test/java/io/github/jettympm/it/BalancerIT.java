package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.it.Program.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers behind nginx and HAProxy, set as docs/behind-a-proxy.md says. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class BalancerIT {
    /** An address of this machine that a client can have and the proxy has not. */
    private static final String CLIENT = "127.0.0.3";

    @Test
    void nginxKeepsConnectionsToPreforkAndNamesTheClient() throws Exception {
        var nginx = Program.require("nginx", "nginx-light");
        var base = base("nginx", Model.PREFORK, "http-forwarded");
        try (var server = base.start("jetty.prefork.startServers=2")) {
            int port = JettyServer.freePort(); // nobody else may have it until the proxy has
            try (var proxy = nginx(nginx, base.directory(), port, server.port());
                    var load = new Load(port, "/echo/process", 4, 500)) {
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertTrue(
                        connection(port).lines().anyMatch(("remote address: " + CLIENT)::equals),
                        () -> connection(port));
                assertTrue(proxy.process().isAlive());
            }
        }
    }

    @Test
    void haproxyTakesOutAServerThatStopsAndNamesTheClient() throws Exception {
        var haproxy = Program.require("haproxy", "haproxy");
        var first = base("haproxy-1", Model.EVENT, "proxy-protocol");
        try (var staying = base("haproxy-2", Model.WORKER, "proxy-protocol").start()) {
            var stopping = first.start();
            int port = JettyServer.freePort();
            try (var proxy = haproxy(haproxy, first.directory(), port, stopping.port(), staying.port())) {
                try (var load = new Load(port, "/echo/process", 4, 1_000)) {
                    load.awaitAnswers(2); // different processes, so both servers serve
                    stopping.close();
                    load.awaitEnough();

                    assertEquals(List.of(), load.failures().stream().limit(3).toList());
                }
                assertTrue(
                        connection(port).lines().anyMatch(("remote address: " + CLIENT)::equals),
                        () -> connection(port));
                assertTrue(proxy.process().isAlive());
            } finally {
                stopping.close();
            }
        }
    }

    private static JettyBase base(String name, Model model, String module) throws Exception {
        var base = JettyHome.ofBuild().createBase("behind-" + name, model);
        base.addModules(List.of(model.module(), "ee10-deploy", module));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }

    private static Daemon nginx(Program nginx, Path directory, int port, int jetty) throws Exception {
        Files.writeString(directory.resolve("nginx.conf"), """
                %s
                pid nginx.pid;
                error_log error.log;
                worker_processes 1;
                events { worker_connections 64; }
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    upstream jetty {
                        server 127.0.0.1:%d;
                        keepalive 1;
                    }
                    server {
                        listen 127.0.0.1:%d;
                        location / {
                            proxy_pass http://jetty;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Host $host;
                            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                            proxy_set_header X-Forwarded-Proto $scheme;
                        }
                    }
                }
                """.formatted(
                        "root".equals(System.getProperty("user.name")) ? "user root;" : "", jetty, port));
        return nginx.daemon(
                directory,
                directory.resolve("nginx.pid"),
                List.of("-p", directory.toString(), "-c", "nginx.conf", "-e", "error.log"));
    }

    private static Daemon haproxy(Program haproxy, Path directory, int port, int one, int two) throws Exception {
        Files.writeString(directory.resolve("haproxy.cfg"), """
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    timeout check 5s
                    retries 3
                    option redispatch
                    retry-on conn-failure empty-response
                frontend clients
                    bind 127.0.0.1:%d
                    default_backend jetty
                backend jetty
                    balance roundrobin
                    option httpchk GET /echo/process
                    http-reuse safe
                    server one 127.0.0.1:%d check inter 200ms send-proxy-v2
                    server two 127.0.0.1:%d check inter 200ms send-proxy-v2
                """.formatted(port, one, two));
        return haproxy.daemon(
                directory, directory.resolve("haproxy.pid"), List.of("-D", "-f", "haproxy.cfg", "-p", "haproxy.pid"));
    }

    /** What the servlet knows of a connection that comes from {@link #CLIENT}. */
    private static String connection(int port) {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(CLIENT), 0)) {
            socket.getOutputStream()
                    .write("GET /echo/connection HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
