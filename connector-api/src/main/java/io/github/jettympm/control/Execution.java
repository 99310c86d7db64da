package io.github.jettympm.control;

import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.JsonText;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.Status;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Carries out an order. What it answers ends with a line feed. */
final class Execution {
    private final RunningServer server;
    private final Order order;

    Execution(RunningServer server, Order order) {
        this.server = server;
        this.order = order;
    }

    String run() throws IOException {
        return switch (order.verb()) {
            case STATUS -> status();
            case RESTART -> restart();
            case DRAIN -> drain();
            case STOP -> stop();
            case HELP -> Order.help();
        };
    }

    private String status() throws IOException {
        Status status = server.status();
        return order.json() ? new JsonText().render(status) : StatusTable.of(status, server.pid());
    }

    private String restart() throws IOException {
        if (server.status().connectors().stream().noneMatch(Execution::hasChildren)) {
            throw new IOException(
                    "the server, process " + server.pid() + ", has no children to restart; restart itself");
        }
        server.hangUp();
        return answer("", "the children of server " + server.pid() + " are restarted; its log says what comes of it");
    }

    private static boolean hasChildren(ConnectorStatus connector) {
        return connector.generation() > 0;
    }

    private String drain() throws IOException {
        List<ConnectorStatus> all = server.status().connectors();
        ConnectorStatus connector = all.get(index(all));
        ProcessStatus child = connector.processes().stream()
                .filter(it -> hasChildren(connector) && it.slot() == order.slot())
                .findFirst()
                .orElseThrow(() -> new IOException("no child of " + connector.name() + " lives in slot " + order.slot()
                        + "; there are " + slots(connector)));
        server.terminateChild(child.pid());
        return answer(
                ",\"slot\":" + child.slot() + ",\"child\":" + child.pid(),
                "child " + child.pid() + " (slot " + child.slot() + ") finishes what it has begun and ends");
    }

    private int index(List<ConnectorStatus> all) throws IOException {
        if (order.connector().isPresent()) {
            int index = order.connector().get();
            if (index >= all.size()) {
                throw new IOException("there is no connector " + index + "; there are 0 to " + (all.size() - 1));
            }
            return index;
        }
        List<ConnectorStatus> candidates =
                all.stream().filter(Execution::hasChildren).toList();
        if (candidates.size() != 1) {
            throw new IOException(
                    candidates.isEmpty()
                            ? "the server, process " + server.pid() + ", has no children"
                            : candidates.size() + " connectors have children; say --connector, of " + names(all));
        }
        return all.indexOf(candidates.get(0));
    }

    private static List<String> names(List<ConnectorStatus> all) {
        return all.stream()
                .map(it -> all.indexOf(it) + " (" + it.name() + " on " + it.address() + ")")
                .toList();
    }

    private static List<Integer> slots(ConnectorStatus connector) {
        return connector.processes().stream().map(ProcessStatus::slot).toList();
    }

    private String stop() throws IOException {
        server.terminate();
        if (!server.awaitEnd(order.timeout())) {
            throw new IOException(
                    "the server, process " + server.pid() + ", was asked to stop, but has not ended within "
                            + order.timeout().toSeconds() + " s; its log says what it waits for");
        }
        return answer("", "server " + server.pid() + " has ended");
    }

    /** Nothing in the answer for programs needs to be escaped. */
    private String answer(String members, String words) {
        String verb = order.verb().name().toLowerCase(Locale.ROOT);
        return order.json()
                ? "{\"command\":\"" + verb + "\",\"server\":" + server.pid() + members + "}\n"
                : words + "\n";
    }
}
