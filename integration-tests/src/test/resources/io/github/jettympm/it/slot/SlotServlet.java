package slot;

import NAMESPACE.servlet.ServletContext;
import NAMESPACE.servlet.ServletContextEvent;
import NAMESPACE.servlet.ServletContextListener;
import NAMESPACE.servlet.annotation.WebListener;
import NAMESPACE.servlet.annotation.WebServlet;
import NAMESPACE.servlet.http.HttpServlet;
import NAMESPACE.servlet.http.HttpServletRequest;
import NAMESPACE.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Says in which child the application found itself to be when it started, and in which it is now. */
@WebServlet("/")
@WebListener
public class SlotServlet extends HttpServlet implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute("at.start", child(event.getServletContext()));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletContext context = getServletContext();
        response.getWriter()
                .println("ENVIRONMENT at start " + context.getAttribute("at.start") + ", now " + child(context)
                        + ", listed " + Collections.list(context.getAttributeNames()).contains("mpm.slot"));
    }

    private static String child(ServletContext context) {
        Integer connector = (Integer) context.getAttribute("mpm.connector");
        Integer slot = (Integer) context.getAttribute("mpm.slot");
        Integer generation = (Integer) context.getAttribute("mpm.generation");
        return connector + "." + slot + " g" + generation;
    }
}
