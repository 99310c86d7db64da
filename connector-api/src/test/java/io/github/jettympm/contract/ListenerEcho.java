package io.github.jettympm.contract;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends back what it reads, without ever blocking, and flushes each piece. */
final class ListenerEcho implements ReadListener, WriteListener {
    private final AsyncContext context;
    private final ServletInputStream in;
    private final ServletOutputStream out;
    private final byte[] buffer = new byte[16 * 1024];
    private boolean toFlush;
    private boolean complete;

    private ListenerEcho(AsyncContext context) throws IOException {
        this.context = context;
        this.in = context.getRequest().getInputStream();
        this.out = context.getResponse().getOutputStream();
    }

    static void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        ListenerEcho echo = new ListenerEcho(context);
        echo.in.setReadListener(echo);
        echo.out.setWriteListener(echo);
    }

    @Override
    public void onDataAvailable() throws IOException {
        echo();
    }

    @Override
    public void onWritePossible() throws IOException {
        echo();
    }

    @Override
    public void onAllDataRead() throws IOException {
        echo();
    }

    private synchronized void echo() throws IOException {
        while (out.isReady()) {
            if (toFlush) {
                toFlush = false;
                out.flush();
            } else if (in.isFinished()) {
                completeOnce();
                return;
            } else if (in.isReady()) {
                int read = in.read(buffer);
                if (read > 0) {
                    out.write(buffer, 0, read);
                    toFlush = true;
                }
            } else {
                return;
            }
        }
    }

    private void completeOnce() {
        if (!complete) {
            complete = true;
            context.complete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        context.complete();
    }
}
