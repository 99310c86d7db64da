package io.github.jettympm.endpoint;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Tells the {@link RequestProgress} of a connection when a request begins; its {@link RequestStream} tells when that
 * ends.
 *
 * <p>Jetty calls a {@code Customizer} before the handlers, and {@code succeeded} or {@code failed} of the stream when a
 * request is over. A configuration may be shared with connectors of other kinds, whose requests pass unchanged.
 */
public final class RequestMarker implements HttpConfiguration.Customizer {
    private RequestMarker() {}

    /**
     * Marks the requests of a connector. Configurations are shared between connectors and survive a restart, so each gets
     * one marker for good.
     *
     * @param connector whose requests to mark
     */
    public static void mark(Connector connector) {
        connector.getConnectionFactories().stream()
                .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
                .filter(configuration -> configuration.getCustomizer(RequestMarker.class) == null)
                .forEach(configuration -> configuration.addCustomizer(new RequestMarker()));
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        boolean http1 =
                request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
        if (http1 && endPointOf(request) instanceof TimedEndPoint endPoint) {
            RequestProgress progress = endPoint.progress();
            progress.requestBegins(request);
            if (progress.isLastRequest()) {
                responseHeaders.put(HttpFields.CONNECTION_CLOSE);
            }
            request.addHttpStreamWrapper(progress.stream().wrapping());
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
}
