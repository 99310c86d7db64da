package io.github.jettympm.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers with what it has understood of a request; some paths do something else. */
final class DescribingHandler extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getCanonicalPath();
        switch (path == null ? "" : path) {
            case "/unread" -> answer(response, "unread", callback);
            case "/stream" -> stream(response, callback);
            case "/empty" -> status(204, response, callback);
            case "/unchanged" -> status(304, response, callback);
            case "/fails" -> throw new QuietFailure();
            case "/fails-late" -> failLate(response);
            case "/closes" -> {
                response.getHeaders().put("Connection", "close");
                answer(response, "bye", callback);
            }
            default -> answer(response, describe(request), callback);
        }
        return true;
    }

    private static String describe(Request request) throws Exception {
        String content = Content.Source.asString(request, StandardCharsets.ISO_8859_1);
        HttpFields trailers = request.getTrailers();
        return request.getMethod() + " " + request.getHttpURI().getPathQuery() + " "
                + request.getConnectionMetaData().getHttpVersion() + " for "
                + lowerCase(request.getHttpURI().getAuthority()) + ", "
                + request.getHeaders().size() + " headers, X="
                + request.getHeaders().get("X") + ", " + content.length() + " bytes, "
                + content.substring(0, Math.min(50, content.length())) + ", trailers "
                + (trailers == null ? "none" : trailers.size() + " X=" + trailers.get("X"));
    }

    /** Jetty takes the value of a header that it knows from its cache if the header is in the buffer as a whole, whatever its case. */
    private static String lowerCase(String authority) {
        return authority == null ? null : authority.toLowerCase(Locale.ROOT);
    }

    private static void answer(Response response, String text, Callback callback) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        response.getHeaders().put("Content-Length", bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    private static void stream(Response response, Callback callback) throws Exception {
        writeAPiece(response);
        Content.Sink.write(response, true, "two", callback);
    }

    private static void writeAPiece(Response response) throws Exception {
        Callback.Completable written = new Callback.Completable();
        Content.Sink.write(response, false, "one ", written);
        written.get();
    }

    private static void failLate(Response response) throws Exception {
        writeAPiece(response);
        throw new QuietFailure();
    }

    private static void status(int status, Response response, Callback callback) {
        response.setStatus(status);
        callback.succeeded();
    }

    /** Jetty logs it at DEBUG. */
    private static final class QuietFailure extends Exception implements QuietException {
        private static final long serialVersionUID = 1;

        QuietFailure() {
            super("on purpose");
        }
    }
}
