package io.github.jettympm.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket: what is said in both directions. */
final class Talk implements AutoCloseable {
    /** Seconds. */
    private static final long DEADLINE = 30;

    private final Transcript transcript;
    private final Ear ear = new Ear();
    private final WebSocket socket;

    Talk(HttpClient client, URI uri, String protocol, Transcript transcript) throws Exception {
        this.transcript = transcript;
        this.socket = client.newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(uri, ear)
                .get(DEADLINE, TimeUnit.SECONDS);
        transcript.add("WebSocket " + uri.getPath() + " speaks '" + socket.getSubprotocol() + "'");
    }

    void say(String text) throws Exception {
        socket.sendText(text, true).get(DEADLINE, TimeUnit.SECONDS);
    }

    /** Says it in two frames. */
    void say(String text, String rest) throws Exception {
        socket.sendText(text, false).get(DEADLINE, TimeUnit.SECONDS);
        socket.sendText(rest, true).get(DEADLINE, TimeUnit.SECONDS);
    }

    String hear() throws InterruptedException {
        var heard = next();
        transcript.add("WebSocket heard " + heard);
        return heard;
    }

    private String next() throws InterruptedException {
        var heard = ear.heard.poll(DEADLINE, TimeUnit.SECONDS);
        if (heard == null) {
            throw new AssertionError("nothing heard for " + DEADLINE + " s");
        }
        return heard;
    }

    /** Hears so many messages, which may come in any order. */
    List<String> hearTogether(int count) throws InterruptedException {
        var messages = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            messages.add(next());
        }
        Collections.sort(messages);
        transcript.add("WebSocket heard %d messages, SHA-256 %s"
                .formatted(count, Transcript.sha256(String.join("\n", messages).getBytes(StandardCharsets.UTF_8))));
        return messages;
    }

    void sayGoodbye() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(DEADLINE, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Puts whole messages together; the client's thread calls it. */
    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            message.append(text);
            if (last) {
                heard.add("'" + message + "'");
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            heard.add("goodbye: " + status + " '" + reason + "'");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            heard.add("failure: " + failure);
        }
    }
}
