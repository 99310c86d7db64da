package io.github.jettympm.bench.peer;

import io.github.jettympm.bench.app.Payload;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Jetty embedded, with one core {@code Handler} and the connector whose class is named. */
public final class CorePeer {
    private static final byte[] HELLO = Payload.hello();

    private CorePeer() {}

    public static void main(String... arguments) throws Exception {
        PeerSettings settings = PeerSettings.of(arguments);
        var server = new Server();
        var connector = (AbstractNetworkConnector)
                Class.forName(settings.connector()).getConstructor(Server.class).newInstance(server);
        connector.setHost("127.0.0.1");
        connector.setPort(settings.port());
        server.addConnector(connector);
        server.setHandler(settings.nonBlocking() ? new NonBlockingHello() : new Hello());
        server.start();
        server.join();
    }

    /** As most handlers it does not say whether it blocks. */
    private static final class Hello extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            return answer(response, callback);
        }
    }

    /** Says that any thread may run it. */
    private static final class NonBlockingHello extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            return answer(response, callback);
        }
    }

    private static boolean answer(Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, HELLO.length);
        response.write(true, ByteBuffer.wrap(HELLO), callback);
        return true;
    }
}
