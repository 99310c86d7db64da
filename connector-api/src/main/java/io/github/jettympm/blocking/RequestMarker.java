package io.github.jettympm.blocking;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;

/**
 * Tells a {@link BlockingEndPoint} when one of its requests begins and ends.
 *
 * <p>Jetty calls a {@code Customizer} before the handlers, and {@code succeeded} or {@code failed} of the stream when a
 * request is over. A configuration may be shared with connectors of other kinds, whose requests pass unchanged.
 */
final class RequestMarker implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        boolean http1 =
                request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
        if (http1 && endPointOf(request) instanceof BlockingEndPoint endPoint) {
            endPoint.requestBegins();
            request.addHttpStreamWrapper(stream -> new MarkedStream(stream, endPoint));
        }
        return request;
    }

    private static EndPoint endPointOf(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint;
    }

    private static final class MarkedStream extends HttpStream.Wrapper {
        private final BlockingEndPoint endPoint;

        MarkedStream(HttpStream stream, BlockingEndPoint endPoint) {
            super(stream);
            this.endPoint = endPoint;
        }

        @Override
        public void succeeded() {
            endPoint.requestEnds();
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            endPoint.requestEnds();
            super.failed(failure);
        }
    }
}
