package io.github.jettympm.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Many short requests and one in a hundred that blocks, over kept-alive connections; the percentiles are those of the
 * short ones alone, which wrk cannot tell apart.
 *
 * @param connections how many
 * @param slowEvery one of so many requests is slow, 0 for none
 */
public record MixedLoad(String shortPath, String slowPath, int connections, int slowEvery, String body)
        implements Load {
    private static final long WARM_UP_NANOS = 30_000_000_000L;

    @Override
    public LoadResult run(Target target, int seconds) throws IOException {
        return new Run(target).run(seconds * 1_000_000_000L, Long.MAX_VALUE);
    }

    @Override
    public LoadResult warmUp(Target target, int requests) throws IOException {
        return new Run(target).run(WARM_UP_NANOS, requests);
    }

    /** One thread, one selector. */
    private final class Run {
        private final Target target;
        private final byte[] shortRequest = Exchange.get(shortPath).array();
        private final byte[] slowRequest = Exchange.get(slowPath).array();
        private final List<Long> micros = new ArrayList<>();
        private long sent;
        private long done;
        private String wrong = "";

        Run(Target target) {
            this.target = target;
        }

        LoadResult run(long nanos, long most) throws IOException {
            try (Selector selector = Selector.open()) {
                List<Client> clients = connect(selector);
                long begin = System.nanoTime();
                for (Client client : clients) {
                    client.send();
                }
                while (System.nanoTime() - begin < nanos && done < most && wrong.isEmpty()) {
                    selector.select(key -> ((Client) key.attachment()).receive(), 100);
                }
                double seconds = (System.nanoTime() - begin) / 1e9;
                for (Client client : clients) {
                    client.channel.close();
                }
                return result(seconds);
            }
        }

        private List<Client> connect(Selector selector) throws IOException {
            var clients = new ArrayList<Client>();
            for (int i = 0; i < connections; i++) {
                var channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
                channel.configureBlocking(false);
                var client = new Client(channel);
                channel.register(selector, SelectionKey.OP_READ, client);
                clients.add(client);
            }
            return clients;
        }

        private LoadResult result(double seconds) {
            if (done == 0) {
                return LoadResult.failed(wrong.isEmpty() ? "no response at all" : wrong);
            }
            long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
            return new LoadResult(
                    done, seconds, percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 99.9), wrong);
        }

        private static double percentile(long[] sorted, double percent) {
            return sorted.length == 0 ? 0 : Percentile.of(sorted, percent) / 1e3;
        }

        /** One connection. */
        private final class Client {
            private final SocketChannel channel;
            private final Exchange exchange = new Exchange();
            private boolean slow;
            private long begin;

            Client(SocketChannel channel) {
                this.channel = channel;
            }

            void send() throws IOException {
                exchange.reset();
                sent++;
                slow = slowEvery > 0 && sent % slowEvery == 0;
                begin = System.nanoTime();
                ByteBuffer request = ByteBuffer.wrap(slow ? slowRequest : shortRequest);
                while (request.hasRemaining()) {
                    channel.write(request);
                }
            }

            void receive() {
                try {
                    if (channel.read(exchange.received()) < 0) {
                        wrong = "a connection was closed";
                    } else if (exchange.isComplete()) {
                        complete();
                    }
                } catch (IOException e) {
                    wrong = e.toString();
                }
            }

            private void complete() throws IOException {
                done++;
                if (!exchange.isRight(body)) {
                    wrong = "wrong response: "
                            + exchange.text().lines().findFirst().orElse("");
                }
                if (!slow) {
                    micros.add((System.nanoTime() - begin) / 1_000);
                }
                send();
            }
        }
    }
}
