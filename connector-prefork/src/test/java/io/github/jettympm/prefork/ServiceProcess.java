package io.github.jettympm.prefork;

import java.util.List;
import java.util.TreeSet;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;

/** A server that systemd could have started: its application says in which child it is, and what that knows of systemd. */
final class ServiceProcess {
    private ServiceProcess() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        PreforkConnector connector = new PreforkConnector(server);
        connector.setInheritChannel(true);
        connector.setPm("static");
        connector.setStartServers(1);
        connector.setClassDataArchive(false);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(new Application(), "/"));
        server.setStopAtShutdown(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("ends with its last words")));
        server.start();
        server.join();
    }

    private static final class Application extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var variables = new TreeSet<>(System.getenv().keySet());
            variables.removeIf(
                    name -> List.of("NOTIFY", "WATCHDOG", "LISTEN").stream().noneMatch(name::startsWith));
            Content.Sink.write(
                    response,
                    true,
                    "connector %s, slot %s %s %s, generation %s, variables %s"
                            .formatted(
                                    System.getProperty("mpm.connector"),
                                    System.getProperty("mpm.slot"),
                                    request.getContext().getAttribute("mpm.slot"),
                                    getServer().getAttribute("mpm.slot"),
                                    request.getContext().getAttribute("mpm.generation"),
                                    variables),
                    callback);
            return true;
        }
    }
}
