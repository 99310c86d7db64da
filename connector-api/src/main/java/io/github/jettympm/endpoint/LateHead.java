package io.github.jettympm.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection whose client takes too long to send the head of a request. */
final class LateHead {
    private static final Logger LOG = LoggerFactory.getLogger(LateHead.class);
    private static final byte[] RESPONSE =
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private LateHead() {}

    /** Answers as far as the client takes it at once, if at all, and closes. */
    static void end(Connection connection, boolean answer) {
        EndPoint endPoint = connection.getEndPoint();
        if (answer) {
            try {
                endPoint.flush(ByteBuffer.wrap(RESPONSE));
            } catch (IOException e) {
                LOG.debug("no 408 for {}", endPoint, e);
            }
        }
        endPoint.close();
    }
}
