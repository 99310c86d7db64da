package io.github.jettympm.it.echo;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which process it runs in: as its answer, and as a file that it makes as soon as its application starts. */
public class ProcessServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    public void init() throws ServletException {
        try {
            Files.createFile(Path.of(System.getProperty("jetty.base"), "application-in-" + pid()));
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(pid());
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }
}
