package io.github.jettympm.endpoint;

import io.github.jettympm.MultiProcessConnector;
import io.github.jettympm.child.ChildLife;
import io.github.jettympm.scoreboard.RequestRows;
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
        if (request.getConnectionMetaData().getConnector() instanceof MultiProcessConnector connector) {
            mark(request, responseHeaders, connector);
        }
        return request;
    }

    private static void mark(Request request, HttpFields.Mutable responseHeaders, MultiProcessConnector connector) {
        boolean http1 =
                request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
        RequestRows rows = connector.requestRows();
        if (http1 && endPointOf(request) instanceof TimedEndPoint endPoint) {
            RequestProgress progress = endPoint.progress();
            progress.requestBegins(request);
            if (rows != null) {
                progress.reportTo(rows);
            }
            ChildLife life = connector.life();
            if (life != null) {
                life.serving();
            }
            if (progress.isLastRequest() || life != null && life.isUnderPressure() || connector.isLeaving()) {
                responseHeaders.put(HttpFields.CONNECTION_CLOSE);
            }
            request.addHttpStreamWrapper(progress.stream(connector).wrapping());
        } else if (rows != null) {
            report(request, rows, connector.life());
        }
    }

    /** Of a connection with several requests at a time, so there is an object for each. */
    private static void report(Request request, RequestRows rows, ChildLife life) {
        if (life != null) {
            life.serving();
        }
        RequestReport report = new RequestReport(rows);
        report.begins(request, 0);
        request.addHttpStreamWrapper(stream -> new ReportingStream(stream, report));
    }

    private static EndPoint endPointOf(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint;
    }
}
