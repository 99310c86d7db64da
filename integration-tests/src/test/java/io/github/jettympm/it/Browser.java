package io.github.jettympm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A user agent with cookies of its own; it does not follow redirects, which are answers to compare. */
final class Browser {
    /** When the server does not answer at all; no answer takes a tenth of it. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Supplier<HttpClient> clients;
    private final URI origin;
    private final Transcript transcript;
    private final CookieManager cookies = new CookieManager();

    /** @param clients for one request each; may be shared, so that their idle connections are, too */
    Browser(Supplier<HttpClient> clients, URI origin, Transcript transcript) {
        this.clients = clients;
        this.origin = origin;
        this.transcript = transcript;
    }

    /** @param headers names and values in turn */
    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer head(String path, String... headers) throws Exception {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    Answer submit(HtmlForm form) throws Exception {
        return send(
                "POST",
                form.action(),
                BodyPublishers.ofString(form.urlEncoded()),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    Answer upload(String path, Multipart multipart) throws Exception {
        return send(
                "POST", path, BodyPublishers.ofByteArray(multipart.bytes()), "Content-Type", multipart.contentType());
    }

    /** Goes where a redirect points to. */
    Answer follow(Answer redirect) throws Exception {
        var location = redirect.header("location").orElseThrow(() -> new AssertionError("no redirect: " + redirect));
        var target = origin.resolve(location);
        return get(target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()));
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) throws Exception {
        var answer = answer(clients.get().send(request(method, path, body, headers), BodyHandlers.ofByteArray()));
        transcript.add(method + " " + path + (headers.length == 0 ? "" : " " + List.of(headers)), answer);
        return answer;
    }

    /** Sends all requests before it waits for any answer; the answers are written down in the order of the paths. */
    List<Answer> getTogether(List<String> paths) throws Exception {
        var client = clients.get();
        var pending = paths.stream()
                .map(path ->
                        client.sendAsync(request("GET", path, BodyPublishers.noBody()), BodyHandlers.ofByteArray()))
                .toList();
        var answers = new ArrayList<Answer>();
        for (var response : pending) {
            answers.add(answer(await(response)));
        }
        for (var i = 0; i < answers.size(); i++) {
            transcript.add("GET " + paths.get(i), answers.get(i));
        }
        return answers;
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        var uri = URI.create(origin + path);
        var request = HttpRequest.newBuilder(uri).timeout(DEADLINE).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            cookies.get(uri, Map.of()).forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return request.build();
    }

    private Answer answer(HttpResponse<byte[]> response) throws IOException {
        cookies.put(response.uri(), response.headers().map());
        var protocol = response.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return new Answer(protocol, response.statusCode(), response.headers().map(), response.body());
    }

    private static <T> T await(CompletableFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }
}
