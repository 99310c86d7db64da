package io.github.jettympm.endpoint;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A request of HTTP/2, of which the scoreboard tells; it counts its content alone, since frames are the connection's. */
final class ReportingStream extends HttpStream.Wrapper {
    private final RequestReport report;
    private long sent;

    /**
     * Wraps the stream of a request that has begun.
     *
     * @param report hears when it ends
     */
    ReportingStream(HttpStream wrapped, RequestReport report) {
        super(wrapped);
        this.report = report;
    }

    @Override
    public void send(
            MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        sent += BufferUtil.length(content);
        super.send(request, response, last, content, callback);
    }

    @Override
    public void succeeded() {
        report.ends(sent);
        super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
        report.ends(sent);
        super.failed(failure);
    }
}
