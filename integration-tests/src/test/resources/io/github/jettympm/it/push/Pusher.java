package push;

import java.util.Arrays;

/**
 * Answers a message with its length and itself, and {@code push COUNT SIZE} with so many messages of that size from each
 * of four threads.
 */
final class Pusher {
    private final Remote remote;

    /** The other end of a WebSocket. */
    interface Remote {
        void send(String text) throws Exception;
    }

    Pusher(Remote remote) {
        this.remote = remote;
    }

    void answer(String message) throws Exception {
        if (!message.startsWith("push ")) {
            send(message.length() + ":" + message);
            return;
        }
        String[] words = message.split(" ");
        for (char letter = 'a'; letter <= 'd'; letter++) {
            char[] letters = new char[Integer.parseInt(words[2])];
            Arrays.fill(letters, letter);
            new Thread(() -> push(Integer.parseInt(words[1]), new String(letters)), "push-" + letter).start();
        }
    }

    private void push(int count, String text) {
        try {
            for (int i = 0; i < count; i++) {
                send(i + ":" + text);
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private synchronized void send(String text) throws Exception {
        remote.send(text);
    }
}
