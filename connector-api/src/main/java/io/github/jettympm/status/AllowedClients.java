package io.github.jettympm.status;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Decides whether a client may see something, by its address.
 *
 * <p>A connection may have several: that of its peer, which nobody can forge; that of the client behind a proxy that speaks the
 * PROXY protocol; and that which headers of a proxy name, if Jetty's {@code ForwardedRequestCustomizer} reads them. Each of
 * them has to be allowed: so a forged one opens nothing, and a proxy on this machine does not make strangers local.
 */
final class AllowedClients {
    /** Only this machine. */
    static final AllowedClients LOOPBACK = new AllowedClients(Optional.empty(), "");

    private static final Pattern LITERAL =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F.]*:[0-9a-fA-F:.]*]?");

    private final Optional<InetAddressSet> addresses;
    private final String words;

    private AllowedClients(Optional<InetAddressSet> addresses, String words) {
        this.addresses = addresses;
        this.words = words;
    }

    /**
     * Reads a list.
     *
     * @param property what the operator has set, for messages
     * @param list addresses, {@code address/bits} or {@code from-to}, separated by commas; blank for loopback only
     * @throws IllegalArgumentException if an entry is not understood
     */
    static AllowedClients of(String property, String list) {
        if (list.isBlank()) {
            return LOOPBACK;
        }
        InetAddressSet set = new InetAddressSet();
        for (String entry : list.split(",")) {
            try {
                set.add(entry.trim());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        property + "=" + list + " is not understood at " + entry.trim()
                                + ": use addresses such as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32, separated by commas",
                        e);
            }
        }
        return new AllowedClients(
                Optional.of(set),
                Arrays.stream(list.split(",")).map(String::trim).collect(Collectors.joining(",")));
    }

    /**
     * Looks for an address of a request that is not allowed.
     *
     * @return the first such, empty if the client may see it
     */
    Optional<String> refused(Request request) {
        return addresses(request.getConnectionMetaData()).stream()
                .filter(address -> !includes(address))
                .map(AllowedClients::name)
                .findFirst();
    }

    private static Set<SocketAddress> addresses(ConnectionMetaData connection) {
        Set<SocketAddress> found = new LinkedHashSet<>();
        EndPoint endPoint = connection.getConnection().getEndPoint();
        found.add(endPoint.getRemoteSocketAddress());
        while (endPoint instanceof EndPoint.Wrapper wrapper) { // TLS and the PROXY protocol wrap it
            endPoint = wrapper.unwrap();
            found.add(endPoint.getRemoteSocketAddress());
        }
        found.add(connection.getRemoteSocketAddress());
        return found;
    }

    boolean includes(SocketAddress address) {
        return ip(address)
                .filter(ip -> addresses.map(set -> set.test(ip)).orElseGet(ip::isLoopbackAddress))
                .isPresent();
    }

    /** An address from a header is not resolved; if it is a name, it stays so: strangers must not cause look-ups. */
    private static Optional<InetAddress> ip(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return Optional.empty();
        }
        if (internet.getAddress() != null) {
            return Optional.of(internet.getAddress());
        }
        try {
            String host = internet.getHostString();
            return LITERAL.matcher(host).matches() ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String name(SocketAddress address) {
        return ip(address).map(InetAddress::getHostAddress).orElse("a client without an internet address");
    }

    /** The list, empty for loopback only. */
    @Override
    public String toString() {
        return words;
    }
}
