package io.github.jettympm.it.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells what an application sees of the connection. */
public class ConnectionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var out = response.getOutputStream();
        out.println("id: " + request.getParameter("id"));
        out.println("protocol: " + request.getProtocol());
        out.println("scheme: " + request.getScheme());
        out.println("secure: " + request.isSecure());
        out.println("cipher suite: " + request.getAttribute("jakarta.servlet.request.cipher_suite"));
        out.println("server: " + request.getServerName() + ":" + request.getServerPort());
        out.println("local address: " + request.getLocalAddr());
        out.println("local port: " + request.getLocalPort());
        out.println("remote address: " + request.getRemoteAddr());
        out.println("remote port: " + request.getRemotePort());
    }
}
