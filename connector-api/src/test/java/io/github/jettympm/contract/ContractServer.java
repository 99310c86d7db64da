package io.github.jettympm.contract;

import io.github.jettympm.protocol.ChildEnvironment;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;

/**
 * A server in a process of its own, with the children that its connector keeps. It ends with SIGTERM, or with the process of the
 * test. See {@link ServerProcess}, which starts it.
 */
final class ContractServer {
    /** A setting of the server: no request is handled before its content is there, as with the module of that name. */
    static final String EAGER_CONTENT = "eager-content";

    private ContractServer() {}

    /**
     * Serves and says its port.
     *
     * @param arguments class of the connector, name of the transport, and settings of the connector as {@code name=value}
     */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ConnectionFactory[] factories =
                Transport.valueOf(arguments[1]).over(new HttpConnectionFactory(configuration()));
        var connector = (AbstractNetworkConnector) Class.forName(arguments[0])
                .getConstructor(Server.class, ConnectionFactory[].class)
                .newInstance(server, factories);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        List<String> settings = new ArrayList<>(Arrays.asList(arguments).subList(2, arguments.length));
        boolean eager = settings.remove(EAGER_CONTENT);
        configure(connector, settings);
        server.addConnector(connector);
        server.setHandler(eager ? new EagerContentHandler(handler()) : handler());
        server.setStopAtShutdown(true);
        if (ChildEnvironment.from(System.getenv()).isEmpty()) {
            ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> System.exit(0));
        }
        server.start();
        System.out.println(connector.getLocalPort());
        server.join();
    }

    /** What the transcripts of two servers can be compared with. */
    static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendDateHeader(false);
        return configuration;
    }

    /** Answers {@code /soak} with a {@link SoakHandler} and all else with a {@link DescribingHandler}. */
    static Handler handler() {
        Handler soak = new SoakHandler();
        Handler describing = new DescribingHandler();
        return Handlers.handler((request, response, callback) -> {
            boolean isSoak = "/soak".equals(request.getHttpURI().getPath());
            (isSoak ? soak : describing).handle(request, response, callback);
        });
    }

    /** Gives a connector its settings, as {@code name=value}. */
    static void configure(Object connector, List<String> settings) throws ReflectiveOperationException {
        for (String setting : settings) {
            set(connector, setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
    }

    private static void set(Object connector, String name, String value) throws ReflectiveOperationException {
        String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (Method method : connector.getClass().getMethods()) {
            if (method.getName().equals(setter) && method.getParameterCount() == 1) {
                method.invoke(connector, converted(value, method.getParameterTypes()[0]));
                return;
            }
        }
        throw new NoSuchMethodException(setter);
    }

    private static Object converted(String value, Class<?> type) {
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class) {
            return Long.valueOf(value);
        }
        return type == boolean.class ? Boolean.valueOf(value) : value;
    }
}
