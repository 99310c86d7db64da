package io.github.jettympm.it.echo;

import com.sun.jna.Pointer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

/** Ends its process, in the way that the query names: an application may do this to whoever runs it. */
public class FatalServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        switch (request.getQueryString()) {
            case "exit" -> System.exit(7);
            case "native" -> new Pointer(8).setInt(0, 1); // no process has memory there
            case "memory" -> takeAll();
            default -> throw new IllegalArgumentException(request.getQueryString());
        }
    }

    private static void takeAll() {
        List<byte[]> taken = new ArrayList<>();
        while (!Thread.interrupted()) {
            taken.add(new byte[1 << 20]);
        }
    }
}
