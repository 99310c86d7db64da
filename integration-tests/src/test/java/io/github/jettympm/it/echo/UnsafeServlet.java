package io.github.jettympm.it.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps what it works on in static fields, as libraries do that were never meant for several threads: says {@code whole}
 * when it finds there what it has written, and {@code torn} when another request has written in between.
 */
public class UnsafeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int[] SHARED = new int[512];

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int own = NUMBERS.incrementAndGet();
        for (int i = 0; i < SHARED.length; i++) {
            SHARED[i] = own;
            if (i % 64 == 0) {
                Thread.yield(); // as if it were a longer calculation
            }
        }
        boolean whole = true;
        for (int value : SHARED) {
            whole &= value == own;
        }
        response.setContentType("text/plain");
        response.getWriter().print(whole ? "whole" : "torn");
    }
}
