package io.github.jettympm.contract;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that a test writes where it uses it. */
public final class LambdaServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Body body;

    /** What the servlet does. */
    public interface Body {
        void service(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    private LambdaServlet(Body body) {
        this.body = body;
    }

    public static LambdaServlet servlet(Body body) {
        return new LambdaServlet(body);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            body.service(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
