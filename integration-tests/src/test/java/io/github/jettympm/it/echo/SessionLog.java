package io.github.jettympm.it.echo;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/** Says when a session has ended, by itself or because an application wanted it. */
public class SessionLog implements HttpSessionListener {
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        System.err.println("session ended with " + event.getSession().getAttribute("count") + " requests");
    }
}
