package io.github.jettympm.bench.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a counter from the session and, unless asked to {@code ?read} only, writes it back, one more. */
public class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(true);
        int count = session.getAttribute("count") instanceof Integer before ? before + 1 : 1;
        if (!"read".equals(request.getQueryString())) {
            session.setAttribute("count", count);
        }
        byte[] answer = Payload.counter(count).getBytes(StandardCharsets.US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }
}
