package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.it.Program.Daemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers with children, as on two machines, and their sessions in one PostgreSQL. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
@Tag("long")
class SharedDatabaseIT {
    @Test
    void aSessionGoesOnAtEachChildOfEachServer() throws Exception {
        var programs = programs();
        var postgres = Program.require("pg_ctl", "postgresql", programs);
        var initdb = Program.require("initdb", "postgresql", programs);
        int port = JettyServer.freePort();
        var one = base("one", port);
        var two = base("two", port);
        var directory = Files.createTempDirectory("mpm-postgres-");
        try (var database = database(initdb, postgres, directory, port);
                var first = one.start("jetty.prefork.startServers=2", "jetty.sessionIdManager.workerName=one");
                var second = two.start("jetty.prefork.startServers=2", "jetty.sessionIdManager.workerName=two")) {
            PreforkServers.ready(first, 2);
            PreforkServers.ready(second, 2);
            var counts = new ArrayList<String>();
            var processes = new HashSet<String>();
            try (var here = ChildConnections.open(first.port(), 2)) {
                for (int i = 0; i < 4; i++) {
                    note(here.get("/echo/session").shows(200), counts, processes);
                }
                try (var there = ChildConnections.open(second.port(), 2, here.cookies())) {
                    for (int i = 0; i < 4; i++) {
                        note(there.get("/echo/session").shows(200), counts, processes);
                    }
                }
            }

            assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), counts);
            assertEquals(4, processes.size(), processes::toString);
            assertTrue(database.process().isAlive());
        } finally {
            Program.require("rm", "coreutils").run(directory, List.of("-r", directory.toString()));
        }
    }

    private static void note(Answer answer, List<String> counts, HashSet<String> processes) {
        var words = answer.text().split(" ");
        processes.add(words[0]);
        counts.add(words[1]);
    }

    private static JettyBase base(String name, int port) throws Exception {
        var base = JettyHome.ofBuild().createBase("database-" + name, Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "ee10-deploy", "session-store-jdbc", "ext"));
        base.write("start.d/session-store-jdbc.ini", """
                --modules=session-store-jdbc
                db-connection-type=driver
                jetty.session.jdbc.driverClass=org.postgresql.Driver
                jetty.session.jdbc.driverUrl=jdbc:postgresql://127.0.0.1:%d/postgres?user=jetty
                """.formatted(port));
        base.copy(base.home().wars().resolve("postgresql.jar"), "lib/ext/postgresql.jar");
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }

    /** PostgreSQL refuses to run as root, and its own user cannot see into any directory. */
    private static Daemon database(Program initdb, Program postgres, Path directory, int port) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = directory.resolve("data");
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            Program.require("install", "coreutils")
                    .run(directory, List.of("-d", "-m", "700", "-o", "postgres", data.toString()));
        }
        as(root, initdb, directory, List.of("-D", data.toString(), "-U", "jetty", "-A", "trust", "-N"));
        as(
                root,
                postgres,
                directory,
                List.of(
                        "start",
                        "-w",
                        "-D",
                        data.toString(),
                        "-l",
                        data.resolve("server.log").toString(),
                        "-o",
                        "-F -p " + port + " -c listen_addresses=127.0.0.1 -k ''"));
        var pidFile = data.resolve("postmaster.pid");
        return new Daemon(
                ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
                        .orElseThrow());
    }

    private static void as(boolean root, Program program, Path directory, List<String> arguments) throws Exception {
        if (root) {
            var command = Stream.concat(
                            Stream.of("-u", "postgres", "--", program.file().toString()), arguments.stream())
                    .toList();
            Program.require("runuser", "util-linux").run(directory, command);
        } else {
            program.run(directory, arguments);
        }
    }

    private static Path[] programs() throws Exception {
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return new Path[0];
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(it -> it.resolve("bin")).toArray(Path[]::new);
        }
    }
}
