package io.github.jettympm.it;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.util.component.LifeCycle;

/** A client that speaks HTTP/2 in clear text from the first byte (RFC 9113, section 3.3). */
final class PriorKnowledge implements AutoCloseable {
    /** Seconds. */
    private static final long DEADLINE = 60;
    /** Bytes; the client's own limit is 2 MiB. */
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private final URI origin;
    private final Transcript transcript;
    private final HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));

    PriorKnowledge(URI origin, Transcript transcript) throws Exception {
        this.origin = origin;
        this.transcript = transcript;
        client.start();
    }

    Answer get(String path) throws Exception {
        return send(client.newRequest(origin + path));
    }

    Answer post(String path, byte[] body) throws Exception {
        return send(client.POST(origin + path).body(new BytesRequestContent(body)));
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
    }

    private Answer send(Request request) throws Exception {
        var answer = answer(
                new CompletableResponseListener(request, LONGEST_ANSWER).send().get(DEADLINE, TimeUnit.SECONDS));
        transcript.add(request.getMethod() + " " + request.getURI().getPath(), answer);
        return answer;
    }

    private static Answer answer(ContentResponse response) {
        Map<String, List<String>> headers = response.getHeaders().stream()
                .collect(Collectors.groupingBy(
                        field -> field.getLowerCaseName(),
                        Collectors.mapping(field -> field.getValue(), Collectors.toList())));
        return new Answer("HTTP/2", response.getStatus(), headers, response.getContent());
    }
}
