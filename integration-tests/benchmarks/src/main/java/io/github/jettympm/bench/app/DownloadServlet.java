package io.github.jettympm.bench.app;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes 100 MB in pieces of 64 KB. */
public class DownloadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final byte[] PIECE = Payload.piece();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.setContentLength(Payload.LARGE);
        ServletOutputStream out = response.getOutputStream();
        for (int left = Payload.LARGE; left > 0; left -= PIECE.length) {
            out.write(PIECE);
        }
    }
}
