package io.github.jettympm.it.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.TreeSet;

/**
 * Counts the requests of a session (GET), or takes the session, waits for content, and makes an attribute of that name
 * (POST). Answers with the process, the count, and the names of all attributes. Or ends the session (DELETE).
 */
public class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        session.setAttribute("count", count(session) + 1);
        if (request.getParameter("seconds") != null) {
            session.setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds")));
        }
        answer(session, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        String name = new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        session.setAttribute(name, true);
        answer(session, response);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        request.getSession().invalidate();
    }

    private static void answer(HttpSession session, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .printf(
                        "%d %d %s",
                        ProcessHandle.current().pid(),
                        count(session),
                        new TreeSet<>(Collections.list(session.getAttributeNames())));
    }

    private static int count(HttpSession session) {
        return session.getAttribute("count") instanceof Integer count ? count : 0;
    }
}
