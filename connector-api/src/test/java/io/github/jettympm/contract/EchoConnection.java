package io.github.jettympm.contract;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A protocol to upgrade to: every byte is sent back, by writes that do not block. */
final class EchoConnection extends AbstractConnection implements Connection.UpgradeTo {
    private final ByteBuffer buffer = BufferUtil.allocate(8 * 1024);
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

    EchoConnection(EndPoint endPoint, Executor executor) {
        super(endPoint, executor);
    }

    @Override
    public void onUpgradeTo(ByteBuffer content) {
        early = BufferUtil.copy(content);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().write(Callback.from(this::fillInterested, this::failed), early);
    }

    @Override
    public void onFillable() {
        try {
            BufferUtil.clear(buffer);
            int filled = getEndPoint().fill(buffer);
            if (filled > 0) {
                getEndPoint().write(Callback.from(this::fillInterested, this::failed), buffer);
            } else if (filled == 0) {
                fillInterested();
            } else {
                close();
            }
        } catch (java.io.IOException e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        close();
    }
}
