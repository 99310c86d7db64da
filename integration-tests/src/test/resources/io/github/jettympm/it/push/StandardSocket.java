package push;

import NAMESPACE.websocket.OnMessage;
import NAMESPACE.websocket.OnOpen;
import NAMESPACE.websocket.Session;
import NAMESPACE.websocket.server.ServerEndpoint;

/** Speaks the API of the specification. */
@ServerEndpoint("/standard")
public class StandardSocket {
    private Pusher pusher;

    @OnOpen
    public void open(Session session) {
        pusher = new Pusher(text -> session.getBasicRemote().sendText(text));
    }

    @OnMessage(maxMessageSize = 10_000_000)
    public void hear(String message) throws Exception {
        pusher.answer(message);
    }
}
