package io.github.jettympm.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Handlers of Jetty's core that tests write where they use them. */
public final class Handlers {
    private Handlers() {}

    /** What a handler does; it completes the callback. */
    public interface Body {
        void handle(Request request, Response response, Callback callback) throws Exception;
    }

    public static Handler handler(Body body) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                body.handle(request, response, callback);
                return true;
            }
        };
    }

    /** Answers with a text that depends on the request, and its length. */
    public static Handler answering(Function<Request, String> text) {
        return handler((request, response, callback) -> {
            byte[] bytes = text.apply(request).getBytes(StandardCharsets.UTF_8);
            response.getHeaders().put("Content-Length", bytes.length);
            response.write(true, ByteBuffer.wrap(bytes), callback);
        });
    }

    /** Answers with the path of the request. */
    public static Handler answeringPath() {
        return answering(Request::getPathInContext);
    }

    /** Makes a connection to upgrade to. */
    interface Protocol {
        Connection on(EndPoint endPoint, Executor executor);
    }

    /** Upgrades to {@link EchoConnection} whoever asks for it, and answers others with nothing. */
    public static Handler upgradingToEcho() {
        return upgradingTo(EchoConnection::new);
    }

    /** Upgrades whoever asks for it, and answers others with nothing. */
    static Handler upgradingTo(Protocol protocol) {
        return handler((request, response, callback) -> {
            if (!request.getHeaders().contains("Upgrade")) {
                callback.succeeded();
                return;
            }
            ConnectionMetaData metaData = request.getConnectionMetaData();
            Connection upgraded = protocol.on(
                    metaData.getConnection().getEndPoint(),
                    metaData.getConnector().getExecutor());
            request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, upgraded);
            response.setStatus(101);
            response.getHeaders().put("Connection", "Upgrade").put("Upgrade", "echo");
            callback.succeeded();
        });
    }
}
