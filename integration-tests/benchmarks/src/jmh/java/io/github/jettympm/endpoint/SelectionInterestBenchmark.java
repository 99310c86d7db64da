package io.github.jettympm.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Asking for an operation and taking it when it has come, with the selection between them. */
@State(Scope.Thread)
public class SelectionInterestBenchmark {
    private SocketPair pair;
    private Selector selector;
    private SelectionInterest interest;

    @Setup
    public void open() throws IOException {
        pair = SocketPair.open();
        pair.server().configureBlocking(false);
        selector = Selector.open();
        interest = new SelectionInterest(new SocketChannelEndPoint(pair.server(), null, null, null) {});
        interest.attach(pair.server().register(selector, 0));
        pair.client().write(ByteBuffer.allocate(1)); // stays unread, so that the channel is always ready
    }

    @TearDown
    public void close() throws IOException {
        selector.close();
        pair.close();
    }

    @Benchmark
    public Runnable wantSelectTake() throws IOException {
        interest.want(SelectionKey.OP_READ);
        selector.selectNow();
        selector.selectedKeys().clear();
        return interest.take();
    }
}
