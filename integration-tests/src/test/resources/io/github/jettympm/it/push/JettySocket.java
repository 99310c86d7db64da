package push;

import jakarta.servlet.annotation.WebServlet;
import java.time.Duration;
import org.eclipse.jetty.ENVIRONMENT.websocket.server.JettyWebSocketServlet;
import org.eclipse.jetty.ENVIRONMENT.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketMessage;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketOpen;
import org.eclipse.jetty.websocket.api.annotations.WebSocket;

/** Speaks Jetty's own API. */
@WebServlet("/jetty")
public class JettySocket extends JettyWebSocketServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void configure(JettyWebSocketServletFactory factory) {
        factory.setMaxTextMessageSize(10_000_000);
        factory.register(Endpoint.class);
    }

    /** One WebSocket. */
    @WebSocket
    public static final class Endpoint {
        private Pusher pusher;

        @OnWebSocketOpen
        public void open(Session session) {
            pusher = new Pusher(text -> {
                var sent = new Callback.Completable();
                session.sendText(text, sent);
                sent.get();
            });
        }

        @OnWebSocketMessage
        public void hear(String message) throws Exception {
            pusher.answer(message);
        }
    }
}
