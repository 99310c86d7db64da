package io.github.jettympm.contract;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** What came of a {@link RawCase} on one connection, in a form that two servers can be compared by. */
final class RawExchange {
    /**
     * The last answer to a client that has ended its sending in the middle of a head: the stock connector gives it or not, from one
     * time to the next, since its parser may see that end together with the last bytes or alone.
     */
    private static final Pattern EARLY_END =
            Pattern.compile("HTTP/1.1 400 Bad Request\\r\\n(?:(?!HTTP/1.1 ).)*Early EOF.*$", Pattern.DOTALL);

    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{4,}");

    private RawExchange() {}

    /**
     * Sends a case and reads to the end.
     *
     * @return all bytes that came, with neither ports nor identities of objects in them; {@link Client#STILL_OPEN} at the end
     *     if the server does not close the connection
     */
    static String of(RawCase raw, Transport transport, int port) throws IOException {
        try (Client client = new Client(transport, port)) {
            StringBuilder text = new StringBuilder();
            List<byte[]> first = raw.steps().subList(0, raw.steps().size() - 1);
            for (byte[] step : first) {
                client.send(step);
                text.append(client.receiveHead().status()).append(", then ");
            }
            send(client, raw.lastStep());
            switch (raw.then()) {
                case LAST_REQUEST -> {}
                case HALF_CLOSE -> client.endSending();
                case DROP -> {
                    client.drop();
                    return text.toString();
                }
            }
            return neutral(text + client.receiveAll(), port);
        }
    }

    /** A server may close before it has read all. */
    private static void send(Client client, byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException e) {
            // What came before is there to be read.
        }
    }

    static String neutral(String text, int port) {
        String answers = EARLY_END.matcher(text).replaceFirst("");
        return IDENTITY.matcher(answers.replace(":" + port, ":PORT")).replaceAll("@ID");
    }
}
