package io.github.jettympm.endpoint;

import io.github.jettympm.MultiProcessConnector;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/**
 * Tells when the content of a request is read, and when the request is over, and the client that the connection ends with it. A connection of HTTP/1 has one request at a time, so it has one of these for
 * all of them.
 */
final class RequestStream extends HttpStream.Wrapper {
    private final RequestProgress progress;
    private final MultiProcessConnector connector;
    private final Function<HttpStream, HttpStream> wrapping = this::wrap;
    private HttpStream current;

    RequestStream(RequestProgress progress, MultiProcessConnector connector) {
        super(null);
        this.progress = progress;
        this.connector = connector;
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

    /** A response that begins while the connector drains says so, also to a request that came before. */
    @Override
    public void send(
            MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        boolean sayClose = connector.isLeaving() && response != null && isLast(request, response);
        super.send(request, sayClose ? closing(response) : response, last, content, callback);
    }

    /** Interim responses, and what turns the connection into another, go without saying. */
    private static boolean isLast(MetaData.Request request, MetaData.Response response) {
        return !HttpStatus.isInformational(response.getStatus())
                && !(HttpMethod.CONNECT.is(request.getMethod()) && HttpStatus.isSuccess(response.getStatus()))
                && !response.getHttpFields().contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }

    private static MetaData.Response closing(MetaData.Response response) {
        return new MetaData.Response(
                response.getStatus(),
                response.getReason(),
                response.getHttpVersion(),
                HttpFields.build(response.getHttpFields()).put(HttpFields.CONNECTION_CLOSE),
                response.getContentLength(),
                response.getTrailersSupplier());
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
