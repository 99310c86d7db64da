package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedClientsTest {
    @ParameterizedTest
    @CsvSource({
        "'', 127.0.0.1, true",
        "'', 127.8.9.1, true",
        "'', ::1, true",
        "'', ::ffff:127.0.0.1, true",
        "'', 192.0.2.1, false",
        "'', 0.0.0.0, false",
        "'192.0.2.0/24, ::1', 192.0.2.200, true",
        "'192.0.2.0/24, ::1', ::1, true",
        "'192.0.2.0/24, ::1', 192.0.3.1, false",
        "'192.0.2.0/24, ::1', 127.0.0.1, false",
        "2001:db8::/32, 2001:db8:1::1, true",
    })
    void addressIsLookedForInTheList(String list, String address, boolean included) throws Exception {
        AllowedClients allowed = AllowedClients.of("test.allow", list);

        assertEquals(included, allowed.includes(new InetSocketAddress(InetAddress.getByName(address), 1)));
        assertEquals(included, allowed.includes(InetSocketAddress.createUnresolved(address, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "unknown", "", "_hidden"})
    void nameIsNeverResolved(String name) {
        assertEquals(false, AllowedClients.LOOPBACK.includes(InetSocketAddress.createUnresolved(name, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"300.1.1.1", "10.0.0.0/99", "here"})
    void listThatIsNotUnderstoodIsRefused(String list) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> AllowedClients.of("test.allow", list));

        assertEquals(true, refusal.getMessage().startsWith("test.allow=" + list + " is not understood at " + list));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0/0"})
    void whatHasNoInternetAddressIsAStranger(String list) {
        AllowedClients allowed = AllowedClients.of("test.allow", list);

        assertEquals(false, allowed.includes(null));
        assertEquals(false, allowed.includes(UnixDomainSocketAddress.of("/tmp/socket")));
    }
}
