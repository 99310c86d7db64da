package io.github.jettympm.it;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A browser with a kept-alive connection to each child of a prefork server, which asks another child each time. A child
 * serves nobody else while its connection is open, so each connection is to a child of its own.
 */
final class ChildConnections implements AutoCloseable {
    private final int port;
    private final List<Wire> wires = new ArrayList<>();
    private final Map<String, String> cookies = new TreeMap<>();
    private int turn;

    private ChildConnections(int port) {
        this.port = port;
    }

    /** Connects to so many children; all of them have to be ready. */
    static ChildConnections open(int port, int children) throws IOException {
        return open(port, children, Map.of());
    }

    /** Connects with the cookies that an earlier browser was given. */
    static ChildConnections open(int port, int children, Map<String, String> cookies) throws IOException {
        var connections = new ChildConnections(port);
        connections.cookies.putAll(cookies);
        for (int i = 0; i < children; i++) {
            connections.wires.add(new Wire(new Socket("localhost", port), new Transcript()));
            connections.turn = i;
            connections.get("/echo/digest"); // whatever the status, a child has taken the connection
        }
        return connections;
    }

    Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    Answer get(String path) throws IOException {
        return ask("GET " + path, "", "");
    }

    Answer submit(HtmlForm form) throws IOException {
        return ask("POST " + form.action(), "Content-Type: application/x-www-form-urlencoded\n", form.urlEncoded());
    }

    /** Goes where a redirect points to. */
    Answer follow(Answer redirect) throws IOException {
        return get(redirect.header("location")
                .orElseThrow(() -> new AssertionError("no redirect: " + redirect))
                .replaceFirst("^http://[^/]*", ""));
    }

    /** Sends the head of a request whose content is yet to come, on the connection of the next turn. */
    Wire begin(String request, String headers, int length) throws IOException {
        var wire = wires.get(turn);
        turn = (turn + 1) % wires.size();
        wire.send(request + " HTTP/1.1\nHost: localhost:" + port + "\n" + cookieHeader() + headers + "Content-Length: "
                + length + "\n\n");
        return wire;
    }

    /** Receives an answer, and keeps its cookies. */
    Answer end(Wire wire, String request) throws IOException {
        var answer = wire.receive(request);
        for (var value : answer.headers().getOrDefault("set-cookie", List.of())) {
            var cookie = HttpCookie.parse(value).get(0);
            cookies.put(cookie.getName(), cookie.getValue());
        }
        return answer;
    }

    private Answer ask(String request, String headers, String content) throws IOException {
        var wire = begin(request, headers, content.length());
        if (!content.isEmpty()) {
            wire.send(content);
        }
        return end(wire, request);
    }

    private String cookieHeader() {
        var pairs = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return pairs.isEmpty() ? "" : "Cookie: " + pairs + "\n";
    }

    @Override
    public void close() throws IOException {
        for (var wire : wires) {
            wire.close();
        }
    }
}
