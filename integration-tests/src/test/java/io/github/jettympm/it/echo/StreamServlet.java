package io.github.jettympm.it.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes {@code count} pieces of {@code size} bytes with blocking writes, and flushes after each if {@code flush} is
 * true; a piece is all one letter, the next piece the next letter.
 */
public class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var count = Integer.parseInt(request.getParameter("count"));
        var size = Integer.parseInt(request.getParameter("size"));
        var flush = Boolean.parseBoolean(request.getParameter("flush"));
        response.setContentType("text/plain");
        var out = response.getOutputStream();
        for (var piece = 0; piece < count; piece++) {
            var letters = new byte[size];
            Arrays.fill(letters, (byte) ('a' + piece % 26));
            out.write(letters);
            if (flush) {
                out.flush();
            }
        }
    }
}
