package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.load.IdleClient;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.measure.Heap;
import io.github.jettympm.bench.measure.ProcessTree;
import io.github.jettympm.bench.server.Placement;
import io.github.jettympm.bench.server.RunningServer;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Idle connections that are divided among several clients, and among several servers or processes of one. */
final class IdleGroup implements AutoCloseable {
    private static final String HELLO = "/bench/hello";
    private static final int WARM_UP_CONNECTIONS = 16; // so that each process of a server gets some
    private static final int UNCOUNTED = 2_000; // requests of a client, whose virtual machine is new too

    private final List<RunningServer> servers = new ArrayList<>();
    private final List<IdleClient> clients = new ArrayList<>();

    /**
     * Starts servers that answer, and clients that have no connections yet.
     *
     * @param servers how many
     * @param clients how many, a multiple of that
     */
    IdleGroup(Setup setup, Subject subject, Placement placement, int servers, int clients)
            throws IOException, InterruptedException {
        try {
            for (int i = 0; i < servers; i++) {
                this.servers.add(subject.launch(setup, placement));
            }
            for (RunningServer server : this.servers) {
                server.awaitReady();
            }
            for (int i = 0; i < clients; i++) {
                RunningServer server = this.servers.get(i % servers);
                this.clients.add(IdleClient.start(Jdk.own().program("java"), setup.classPath(), server.target(), i));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Has the servers answer so many requests each. */
    void warmUp(int requests) throws IOException, InterruptedException {
        for (RunningServer server : servers) {
            Wrk.keep(HELLO, WARM_UP_CONNECTIONS, Payload.hello().length).warmUp(server.target(), requests);
        }
    }

    /** Opens the first connection of each client, and says how long requests on one take, in us, in order. */
    long[] alone(int requests) throws IOException {
        long[] micros = {};
        for (IdleClient client : clients) {
            client.open(1);
            client.ask(UNCOUNTED);
            micros = client.ask(requests);
        }
        return micros;
    }

    /** Opens connections until there are so many in all, each with one request. */
    void open(int connections) throws IOException {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).open(share(connections, i));
        }
    }

    /** Sends one request over each of so many connections, spread evenly, and says how long each took, in us, in order. */
    long[] ask(int requests) throws IOException {
        LongStream all = LongStream.empty();
        for (int i = 0; i < clients.size(); i++) {
            all = LongStream.concat(all, LongStream.of(clients.get(i).ask(share(requests, i))));
        }
        return all.sorted().toArray();
    }

    private int share(int count, int client) {
        return count / clients.size() + (client < count % clients.size() ? 1 : 0);
    }

    /**
     * What the servers have now.
     *
     * @param heap reachable bytes; negative if they are no Java virtual machines
     * @param proportional bytes of memory (PSS)
     */
    record Reading(int processes, long heap, long proportional, int threads) {}

    Reading read() throws IOException, InterruptedException {
        int processes = 0;
        long heap = 0;
        long proportional = 0;
        int threads = 0;
        for (RunningServer server : servers) {
            ProcessTree tree = server.tree();
            for (long pid : tree.pids()) {
                processes++;
                heap += server.isJava() ? Heap.live(server.jdk(), pid) : -1;
            }
            proportional += tree.memory().proportional();
            threads += tree.usage().threads();
        }
        return new Reading(processes, heap, proportional, threads);
    }

    @Override
    public void close() {
        clients.forEach(IdleClient::close);
        servers.forEach(RunningServer::close);
    }
}
