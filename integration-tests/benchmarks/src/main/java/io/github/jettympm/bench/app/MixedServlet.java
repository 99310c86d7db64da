package io.github.jettympm.bench.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers at once, or blocks for 200 ms before if the query string is {@code slow}. */
public class MixedServlet extends HelloServlet {
    private static final long serialVersionUID = 1L;
    private static final long SLOW_MILLIS = 200;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("slow".equals(request.getQueryString())) {
            try {
                Thread.sleep(SLOW_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        super.doGet(request, response);
    }
}
