package io.github.jettympm.endpoint;

import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;

/**
 * Tells when the content of a request is read, and when the request is over. A connection of HTTP/1 has one request at a time, so it has one of these for
 * all of them.
 */
final class RequestStream extends HttpStream.Wrapper {
    private final RequestProgress progress;
    private final Function<HttpStream, HttpStream> wrapping = this::wrap;
    private HttpStream current;

    RequestStream(RequestProgress progress) {
        super(null);
        this.progress = progress;
    }

    /** Puts this around the stream of the request that begins. */
    Function<HttpStream, HttpStream> wrapping() {
        return wrapping;
    }

    private HttpStream wrap(HttpStream stream) {
        if (stream != this) {
            current = stream;
        }
        return this;
    }

    @Override
    public HttpStream getWrapped() {
        return current;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = super.read();
        if (chunk != null && chunk.isLast()) {
            progress.contentRead();
        }
        return chunk;
    }

    @Override
    public void succeeded() {
        progress.requestEnds();
        super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
        progress.requestEnds();
        super.failed(failure);
    }
}
