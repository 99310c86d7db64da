package io.github.jettympm.bench.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with 10 KB that are ready. */
public class JsonServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final byte[] JSON = Payload.json();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(JSON.length);
        response.getOutputStream().write(JSON);
    }
}
