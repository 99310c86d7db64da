package io.github.jettympm.contract;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * Answers with as many bytes as {@code answer} says, all of which follow from all bytes of the request: a single one that
 * belongs to another request makes another answer. See {@link SoakClient}.
 */
final class SoakHandler extends Handler.Abstract {
    /** Header of the checksum. */
    static final String SUM = "X-Sum";

    private static final int PIECE = 16 * 1024;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Fields query = Request.extractQueryParameters(request);
        long answer = Long.parseLong(query.getValue("answer"));
        long sum = sum(request);
        response.getHeaders().put(SUM, Long.toHexString(sum));
        if (query.getValue("chunked") == null) {
            response.getHeaders().put("Content-Length", answer);
        }
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            new Noise(sum).give(answer, out::write);
        }
        callback.succeeded();
        return true;
    }

    private static long sum(Request request) throws Exception {
        CRC32 sum = new CRC32();
        sum.update(request.getHttpURI().getPathQuery().getBytes(StandardCharsets.ISO_8859_1));
        byte[] piece = new byte[PIECE];
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sum.update(piece, 0, read);
            }
        }
        return sum.getValue();
    }
}
