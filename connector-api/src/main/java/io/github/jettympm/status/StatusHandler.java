package io.github.jettympm.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Jetty;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;

/**
 * Shows what the connectors of the server do, at a path of its own in front of all applications (httpd's mod_status). The
 * answer is the same whichever process gives it.
 *
 * <p>The query string chooses the form: none for a page, {@code auto} for httpd's text, {@code json}, {@code openmetrics};
 * {@code refresh=N} has the client ask again every N seconds, {@code notable} leaves out tables.
 */
@ManagedObject("Status of the connectors, for people and for monitoring")
public class StatusHandler extends Handler.Wrapper {
    private static final String PATH_PROPERTY = "jetty.mpm.status.path";
    private static final String ALLOW_PROPERTY = "jetty.mpm.status.allow";
    private static final String ALLOWED_METHODS = "GET, HEAD";
    private static final String PLAIN = "text/plain; charset=utf-8";

    /** No script, no form, nothing from elsewhere, no frame of another page; only the one style that the page itself has. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src '" + PageStyle.HASH
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private volatile Source source;
    private volatile String path = "/server-status";
    private volatile AllowedClients allowed = AllowedClients.LOOPBACK;

    /** Tells the status. */
    @FunctionalInterface
    interface Source {
        Status read() throws IOException;
    }

    /** Makes a handler that shows what the server's {@link StatusBoard} says. */
    public StatusHandler() {}

    /**
     * Makes a handler.
     *
     * @param source what it shows
     */
    StatusHandler(Source source) {
        this.source = source;
    }

    /**
     * Where the status is shown.
     *
     * @return {@code /server-status} by default
     */
    @ManagedAttribute(value = "Path of the status page", readonly = true)
    public String getPath() {
        return path;
    }

    /**
     * Sets where the status is shown; no application sees requests for this path.
     *
     * @param path a path from the root of the server
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public void setPath(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(PATH_PROPERTY + "=" + path + " has to begin with /");
        }
        this.path = path;
    }

    /**
     * Who may see it.
     *
     * @return addresses, empty for this machine only
     */
    @ManagedAttribute(value = "Addresses that may see the status page, empty for this machine only", readonly = true)
    public String getAllow() {
        return allowed.toString();
    }

    /**
     * Sets who may see it, in place of this machine. If a connection has several addresses, since a proxy is in front, each
     * of them has to be in the list.
     *
     * @param allow addresses such as {@code 192.0.2.1}, {@code 192.0.2.0/24} or {@code 2001:db8::/32}, separated by commas;
     *     null or blank for this machine only
     * @throws IllegalArgumentException if an entry is not understood
     */
    public void setAllow(String allow) {
        this.allowed = AllowedClients.of(ALLOW_PROPERTY, allow == null ? "" : allow);
    }

    @Override
    protected void doStart() throws Exception {
        if (source == null) {
            StatusBoard board = getServer().getBean(StatusBoard.class);
            if (board == null) {
                throw new IllegalStateException(
                        "the status page has nothing to show: enable the module mpm-status, which adds a StatusBoard");
            }
            source = board::read;
        }
        super.doStart();
    }

    /** It reads files, so it must not run on a thread that must not wait. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isStatus(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        answer(request, response, callback);
        return true;
    }

    /** Agents for httpd add a slash by default. */
    private boolean isStatus(String requested) {
        String own = path;
        return requested.equals(own) || requested.length() == own.length() + 1 && requested.equals(own + "/");
    }

    private void answer(Request request, Response response, Callback callback) {
        Optional<String> stranger = allowed.refused(request);
        if (stranger.isPresent()) {
            refuse(response, stranger.get(), callback);
        } else if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, ALLOWED_METHODS);
            response.setStatus(HttpStatus.METHOD_NOT_ALLOWED_405);
            write(response, PLAIN, "Use " + ALLOWED_METHODS + ".\n", callback);
        } else {
            show(request, response, callback);
        }
    }

    private void refuse(Response response, String stranger, Callback callback) {
        response.setStatus(HttpStatus.FORBIDDEN_403);
        String who = allowed == AllowedClients.LOOPBACK ? "this machine" : "the addresses in " + ALLOW_PROPERTY;
        write(
                response,
                PLAIN,
                "The status of this server is shown to " + who + " only, not to " + stranger + ".\n",
                callback);
    }

    private void show(Request request, Response response, Callback callback) {
        try {
            show(source.read(), request, response, callback);
        } catch (IOException e) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
            write(response, PLAIN, "The status cannot be read: " + e.getMessage() + "\n", callback);
        }
    }

    private static void show(Status status, Request request, Response response, Callback callback) {
        StatusQuery query = StatusQuery.of(request.getHttpURI().getQuery());
        Rendering rendering = rendering(query, request);
        query.refresh().ifPresent(seconds -> response.getHeaders().put("Refresh", Integer.toString(seconds)));
        response.getHeaders().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
        String text = rendering.render(status);
        write(response, rendering.contentType(), rendering.charset().encode(text), callback);
    }

    private static Rendering rendering(StatusQuery query, Request request) {
        return switch (query.form()) {
            case PAGE -> new HtmlPage(query.table());
            case AUTO -> new AutoText(ZoneId.systemDefault(), Jetty.BUILD_TIMESTAMP);
            case JSON -> new JsonText();
            case METRICS ->
                new MetricsText(request.getHeaders().getCSV(HttpHeader.ACCEPT, false).stream()
                        .anyMatch(accepted -> accepted.startsWith(MetricsText.OPEN_METRICS)));
        };
    }

    private static void write(Response response, String contentType, String text, Callback callback) {
        write(response, contentType, StandardCharsets.UTF_8.encode(text), callback);
    }

    private static void write(Response response, String contentType, ByteBuffer content, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
        response.write(true, content, callback);
    }
}
