package io.github.jettympm.it.echo;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Starts asynchronous processing and ends it as the parameter {@code end} says: {@code complete} or {@code dispatch}
 * from a thread that is none of the container's, or {@code timeout}.
 */
public class AsyncServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getOutputStream().println("dispatched");
            return;
        }
        var context = request.startAsync();
        switch (request.getParameter("end")) {
            case "complete" -> onOtherThread(() -> complete(context));
            case "dispatch" -> onOtherThread(context::dispatch);
            case "timeout" -> timeOut(context);
            default -> throw new IllegalArgumentException(request.getParameter("end"));
        }
    }

    private static void onOtherThread(Runnable end) {
        new Thread(end, "echo-async").start();
    }

    private static void complete(AsyncContext context) {
        try {
            context.getResponse().getOutputStream().println("completed");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            context.complete();
        }
    }

    private static void timeOut(AsyncContext context) {
        context.setTimeout(50);
        context.addListener(new AsyncListener() {
            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                event.getAsyncContext().getResponse().getOutputStream().println("timed out");
                event.getAsyncContext().complete();
            }

            @Override
            public void onComplete(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }
}
