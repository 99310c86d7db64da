package io.github.jettympm.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.contract.Client;
import io.github.jettympm.contract.Site;
import io.github.jettympm.contract.Transport;
import io.github.jettympm.endpoint.TimedEndPoint;
import io.github.jettympm.timeout.ReadStage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait for the next request that ends when its first bytes have been taken from the kernel, but not by its connection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerKeepAliveEndTest {
    private final CountDownLatch readAhead = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Site site = new Site(WorkerConnector::new, Transport.CLEAR_TEXT);

    @AfterEach
    void closeSite() throws Exception {
        site.close();
    }

    @Test
    void bytesThatWereReadAheadAreNotCutOffFromTheirRest() throws Exception {
        site.useFactories(new SlowReaders());
        site.start(new DefaultHandler());
        Client client = site.connect().send("first ");
        readAhead.await();

        site.connector()
                .getConnectedEndPoints()
                .forEach(endPoint -> ((TimedEndPoint) endPoint).onReadExpired(ReadStage.KEEP_ALIVE));
        ended.countDown();

        assertEquals("first ", client.receiveText(6));
        assertEquals("rest", client.send("rest").receiveText(4));
    }

    private final class SlowReaders extends AbstractConnectionFactory {
        SlowReaders() {
            super("echo");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new SlowReader(endPoint, connector.getExecutor()), connector, endPoint);
        }
    }

    /** Sends back whatever it reads, and takes its time before it reads for the first time. */
    private final class SlowReader extends AbstractConnection {
        SlowReader(EndPoint endPoint, Executor executor) {
            super(endPoint, executor);
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            try {
                readAhead.countDown();
                ended.await();
                echo();
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        private void echo() throws IOException {
            ByteBuffer buffer = BufferUtil.allocate(64);
            while (getEndPoint().fill(buffer) > 0) {
                getEndPoint().flush(buffer);
            }
            if (getEndPoint().isInputShutdown()) {
                close();
            } else {
                fillInterested();
            }
        }
    }
}
