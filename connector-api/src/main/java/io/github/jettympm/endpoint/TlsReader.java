package io.github.jettympm.endpoint;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;

/**
 * Whoever waits to read through TLS.
 *
 * <p>{@link SslConnection} has a reader that finds the rest of somebody's write do that first, and asks the network for
 * input only when it is done. A client that sends all it has before it reads never takes that rest. So an endpoint that
 * cannot write it at once asks for input as well.
 */
public final class TlsReader implements Callback {
    private final SslConnection tls;

    private TlsReader(SslConnection tls) {
        this.tls = tls;
    }

    /**
     * Whether there is one.
     *
     * @param endPoint the endpoint next to the network
     * @return false also without TLS
     */
    public static boolean waitsAt(EndPoint endPoint) {
        return endPoint.getConnection() instanceof SslConnection tls
                && tls.getSslEndPoint().isFillInterested();
    }

    /**
     * Sees to it that the one who waits, if there is one, hears of input. Any thread may call it.
     *
     * @param endPoint the endpoint next to the network
     */
    public static void awaitInput(EndPoint endPoint) {
        if (waitsAt(endPoint)) {
            endPoint.tryFillInterested(new TlsReader((SslConnection) endPoint.getConnection()));
        }
    }

    @Override
    public void succeeded() {
        tls.onFillable();
    }

    @Override
    public void failed(Throwable cause) {
        tls.onFillInterestedFailed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return tls.getSslEndPoint().getFillInterest().getCallbackInvocationType();
    }
}
