package io.github.jettympm.it.echo;

import com.sun.jna.Pointer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Ends its process, or does not end, in the way that the query names: an application may do this to whoever runs it. */
public class FatalServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            end(request);
        } catch (InterruptedException e) {
            throw new ServletException(e);
        }
    }

    private static void end(HttpServletRequest request) throws InterruptedException {
        switch (request.getQueryString()) {
            case "exit" -> System.exit(7);
            case "leave" -> System.exit(0);
            case "native" -> new Pointer(8).setInt(0, 1); // no process has memory there
            case "memory" -> takeAll();
            case "loop" -> compute(request.getContentLength());
            case "silence" -> waitWithTheLog();
            default -> throw new IllegalArgumentException(request.getQueryString());
        }
    }

    private static void takeAll() {
        List<byte[]> taken = new ArrayList<>();
        while (!Thread.interrupted()) {
            taken.add(new byte[1 << 20]);
        }
    }

    /**
     * Takes minutes in a loop that, once it is compiled, no safepoint interrupts; until then nobody can so much as halt the
     * virtual machine.
     */
    private static void compute(double sum) {
        double root = sum + 2;
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
            root = Math.sqrt(root + i);
            root = Math.sqrt(root + 3);
            root = Math.sqrt(root + 4);
            root = Math.sqrt(root + 5);
            root = Math.sqrt(root + 6);
            root = Math.sqrt(root + 7);
            root = Math.sqrt(root + 8);
            root = Math.sqrt(root + 9);
        }
        if (root < 0) {
            throw new ArithmeticException("" + root); // so the result is needed
        }
    }

    /** What prints to the standard error has its lock, be it a log. */
    private static void waitWithTheLog() throws InterruptedException {
        synchronized (System.err) {
            new CountDownLatch(1).await();
        }
    }
}
