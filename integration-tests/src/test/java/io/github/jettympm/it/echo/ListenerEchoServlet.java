package io.github.jettympm.it.echo;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends the body back while it arrives, with a ReadListener and a WriteListener, so that no thread waits. */
public class ListenerEchoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        var context = request.startAsync();
        context.setTimeout(0);
        var echo = new Echo(context, request.getInputStream(), response.getOutputStream());
        request.getInputStream().setReadListener(echo);
        response.getOutputStream().setWriteListener(echo);
    }

    /**
     * Copies as long as there is something to read and room to write; either listener goes on with it. The container
     * never calls the two at the same time.
     */
    private static final class Echo implements ReadListener, WriteListener {
        private final AsyncContext context;
        private final ServletInputStream in;
        private final ServletOutputStream out;
        private final byte[] buffer = new byte[8192];
        private boolean arriving;
        private boolean completed;

        Echo(AsyncContext context, ServletInputStream in, ServletOutputStream out) {
            this.context = context;
            this.in = in;
            this.out = out;
        }

        @Override
        public void onDataAvailable() throws IOException {
            arriving = true;
            copy();
        }

        @Override
        public void onWritePossible() throws IOException {
            copy();
        }

        @Override
        public void onAllDataRead() throws IOException {
            arriving = true;
            copy();
        }

        @Override
        public void onError(Throwable failure) {
            context.getRequest().getServletContext().log("echo failed", failure);
            context.complete();
        }

        private void copy() throws IOException {
            while (arriving && !completed && out.isReady()) {
                if (in.isFinished()) {
                    completed = true;
                    context.complete();
                } else if (in.isReady()) {
                    var length = in.read(buffer);
                    if (length > 0) {
                        out.write(buffer, 0, length);
                    }
                } else {
                    return;
                }
            }
        }
    }
}
