package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.load.H2load;
import io.github.jettympm.bench.load.Load;
import io.github.jettympm.bench.load.MixedLoad;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.server.Payloads;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Variant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of workloads that are measured in rounds. */
final class Workloads {
    private static final String HELLO = "/bench/hello";
    private static final int HELLO_BYTES = Payload.hello().length;
    private static final int SLOW_EVERY = 100;

    private static final Workload.Place PLAIN = new Workload.Place(Variant.PLAIN, false, false);
    private static final Workload.Place ONE_CPU = new Workload.Place(Variant.PLAIN, true, false);
    private static final Workload.Place TLS = new Workload.Place(Variant.TLS, false, false);
    private static final Workload.Place HTTP2 = new Workload.Place(Variant.HTTP2, false, false);
    private static final Workload.Place JDK25 = new Workload.Place(Variant.PLAIN, false, true);

    private static final List<String> THREADED = List.of("stock", "stock again", "event", "worker");
    private static final List<String> OURS = with(THREADED, "prefork");
    private static final List<String> SERVLETS = with(THREADED, "tomcat", "undertow");
    private static final List<String> CORE = List.of("core stock", "core stock again", "core event", "core worker");

    private static final List<String> NON_BLOCKING =
            List.of("core non-blocking stock", "core non-blocking stock again", "core non-blocking event", "nginx");

    private Workloads() {}

    static List<Workload> all(Setup setup, Options options) {
        var all = new ArrayList<Workload>();
        all.add(one());
        all.add(in(
                ONE_CPU,
                "core-one",
                "Core handler, 1 connection, server and client on one CPU",
                hello(1),
                coreWith(),
                true));
        short64(all);
        blocking(all);
        contents(all);
        connections(all);
        core(all);
        transfers(all, setup, options.large());
        all.add(in(
                HTTP2,
                "http2",
                "HTTP/2 in clear text, 16 connections x 32 streams",
                H2load.http2(HELLO, 16, 32, HELLO_BYTES),
                SERVLETS,
                false));
        return all;
    }

    private static Workload one() {
        List<String> subjects =
                with(OURS, "tomcat", "undertow", "helidon", "httpd prefork", "httpd worker", "httpd event", "nginx");
        return in(ONE_CPU, "one", "1 connection, server and client on one CPU", hello(1), subjects, true);
    }

    private static void short64(List<Workload> all) {
        List<String> everybody = with(SERVLETS, "helidon", "httpd worker", "httpd event", "nginx");
        all.add(in(PLAIN, "c64", "64 connections, short requests", hello(64), everybody, true));
        all.add(in(
                PLAIN,
                "c512",
                "512 connections, short requests",
                hello(512),
                with(SERVLETS, "helidon", "httpd event", "nginx"),
                false));
        List<String> virtual = List.of(
                "stock virtual",
                "stock virtual again",
                "worker virtual",
                "tomcat virtual",
                "helidon",
                "stock",
                "event");
        all.add(new Workload(
                "virtual64",
                "64 connections, virtual threads, JDK 25",
                JDK25,
                hello(64),
                "stock virtual",
                virtual,
                0,
                false));
    }

    private static void blocking(List<Workload> all) {
        List<String> subjects = with(SERVLETS, "helidon");
        for (int connections : new int[] {64, 256}) {
            Load load = Wrk.keep("/bench/sleep?ms=5", connections, HELLO_BYTES);
            all.add(in(
                    PLAIN,
                    "sleep" + connections,
                    connections + " connections, a servlet that sleeps 5 ms",
                    load,
                    subjects,
                    connections == 64));
        }
        String body = new String(Payload.hello(), StandardCharsets.US_ASCII);
        Load mixed = new MixedLoad("/bench/mixed", "/bench/mixed?slow", 128, SLOW_EVERY, body);
        all.add(in(
                PLAIN,
                "mixed",
                "99 % short requests, 1 % that block for 200 ms, 128 connections (percentiles of the short ones)",
                mixed,
                subjects,
                false));
    }

    private static void contents(List<Workload> all) {
        List<String> files = with(SERVLETS, "helidon", "httpd event", "nginx");
        all.add(in(
                PLAIN,
                "static-1k",
                "Static file of 1 KB, 64 connections",
                Wrk.keep("/bench/static/1k.bin", 64, Payloads.SMALL),
                files,
                false));
        all.add(in(
                PLAIN,
                "static-1m",
                "Static file of 1 MB, 64 connections",
                Wrk.keep("/bench/static/1m.bin", 64, Payloads.MEDIUM),
                files,
                false));
        all.add(in(
                PLAIN,
                "json",
                "JSON of 10 KB through a servlet, 64 connections",
                Wrk.keep("/bench/json", 64, Payload.json().length),
                with(SERVLETS, "helidon"),
                false));
        all.add(in(
                PLAIN,
                "session",
                "Session in memory, read and written with each request, 64 sessions, 64 connections",
                new Wrk("/bench/session", 64, Wrk.Mode.SESSION, Payload.COUNTER_DIGITS),
                SERVLETS,
                false));
    }

    private static void connections(List<Workload> all) {
        List<String> subjects = with(OURS, "tomcat", "undertow", "helidon", "httpd prefork", "httpd event", "nginx");
        all.add(in(
                PLAIN,
                "half",
                "50 % keep-alive, 50 % new connections, 64 at once",
                new Wrk(HELLO, 64, Wrk.Mode.HALF, HELLO_BYTES),
                subjects,
                false));
        all.add(in(
                PLAIN,
                "new",
                "A new connection for each request, 64 at once",
                new Wrk(HELLO, 64, Wrk.Mode.CLOSE, HELLO_BYTES),
                subjects,
                true));
    }

    private static void core(List<Workload> all) {
        for (int connections : new int[] {64, 512}) {
            String title = "Core handler, " + connections + " connections";
            all.add(in(PLAIN, "core" + connections, title, hello(connections), coreWith(), connections == 64));
            all.add(in(
                    JDK25, "core" + connections + "-jdk25", title + ", JDK 25", hello(connections), coreWith(), false));
        }
        all.add(in(
                PLAIN,
                "core64-nonblocking",
                "Core handler that says that it does not block, 64 connections",
                hello(64),
                NON_BLOCKING,
                false));
    }

    private static void transfers(List<Workload> all, Setup setup, int count) {
        List<String> subjects = with(OURS, "tomcat", "undertow");
        for (boolean tls : new boolean[] {false, true}) {
            Workload.Place place = tls ? TLS : PLAIN;
            String where = tls ? " over TLS 1.3" : " in clear text";
            Load upload = H2load.upload(
                    "/bench/upload",
                    tls,
                    setup.upload(),
                    Integer.toString(Payload.LARGE).length(),
                    count);
            Load download = H2load.download("/bench/download", tls, Payload.LARGE, count);
            all.add(large(
                    place,
                    "upload" + (tls ? "-tls" : ""),
                    "Upload of 100 MB, one connection," + where,
                    upload,
                    subjects));
            all.add(large(
                    place,
                    "download" + (tls ? "-tls" : ""),
                    "Download of 100 MB, one connection," + where,
                    download,
                    subjects));
        }
    }

    private static Load hello(int connections) {
        return Wrk.keep(HELLO, connections, HELLO_BYTES);
    }

    private static List<String> coreWith() {
        return with(CORE, "nginx");
    }

    private static Workload in(
            Workload.Place place, String name, String title, Load load, List<String> subjects, boolean countsCalls) {
        return new Workload(name, title, place, load, subjects.get(0), subjects, 0, countsCalls);
    }

    private static Workload large(Workload.Place place, String name, String title, Load load, List<String> subjects) {
        return new Workload(name, title, place, load, subjects.get(0), subjects, Payload.LARGE / 1024 / 1024, false);
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
