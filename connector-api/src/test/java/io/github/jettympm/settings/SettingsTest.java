package io.github.jettympm.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static void refused(String message, Executable settings) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, settings).getMessage());
    }

    private static ListenSettings at(String host, int port) {
        return new ListenSettings(host, port, 0, true, false);
    }

    private static PoolSettings pool(int startServers, Duration start, Duration drain) {
        var spares = new SpareServers(startServers, -1, -1, Duration.ofSeconds(10));
        var size = new PoolSize("jetty.prefork", ProcessManagement.DYNAMIC, spares, -1, -1);
        return new PoolSettings(
                size,
                RecycleSettings.defaults("jetty.prefork"),
                RequestTimes.unlimited("jetty.prefork"),
                start,
                drain,
                new LaunchSettings(List.of(), Path.of("crashes"), true, true, Optional.empty()),
                new ScanSettings("jetty.prefork", Path.of("webapps"), 0));
    }

    @Test
    void bothEndsOfARangeAreAllowed() {
        assertEquals(1, Ranges.require("p", 1, 1, 3));
        assertEquals(3, Ranges.require("p", 3, 1, 3));
    }

    @Test
    void messageNamesPropertyValueAndRange() {
        refused("p=0 is out of range: use 1 to 3", () -> Ranges.require("p", 0, 1, 3));
        refused("p=4 is out of range: use 1 to 3", () -> Ranges.require("p", 4, 1, 3));
        refused("p=5000000000 is out of range: use 1 to 3", () -> Ranges.require("p", 5_000_000_000L, 1, 3));
    }

    @Test
    void keepAliveOutOfRangeIsRefused() {
        refused(
                "jetty.worker.keepAliveTimeout=0 is out of range: use 1 to 86400000",
                () -> new KeepAliveSettings("jetty.worker", 0, 0, RequestReadTimeout.DEFAULT));
        refused(
                "jetty.worker.maxKeepAliveRequests=-1 is out of range: use 0 to 2147483647",
                () -> new KeepAliveSettings("jetty.worker", -1, -1, RequestReadTimeout.DEFAULT));
    }

    @Test
    void keepAliveIsLimitedByTheIdleTimeoutAtTheLatest() {
        var none = new KeepAliveSettings("p", -1, 7, RequestReadTimeout.DEFAULT);
        var some = new KeepAliveSettings("p", 5_000, 7, RequestReadTimeout.DEFAULT);

        assertEquals(new KeepAliveSettings("p", 30_000, 7, RequestReadTimeout.DEFAULT), none.limitedTo(30_000));
        assertEquals(86_400_000, none.limitedTo(0).keepAliveTimeout());
        assertEquals(86_400_000, none.limitedTo(Long.MAX_VALUE).keepAliveTimeout());
        assertEquals(some, some.limitedTo(30_000));
    }

    @Test
    void thereMayBeMoreVirtualThreads() {
        assertEquals(1_000_000, new ThreadSettings("jetty.worker", 1, 1, 1_000_000, true).maxThreads());
        refused(
                "jetty.worker.maxThreads=1000001 is out of range: use 1 to 1000000",
                () -> new ThreadSettings("jetty.worker", 1, 1, 1_000_001, true));
    }

    @Test
    void threadsOutOfRangeAreRefused() {
        refused(
                "jetty.worker.maxThreads=0 is out of range: use 1 to 20000",
                () -> new ThreadSettings("jetty.worker", 1, 1, 0, false));
        refused(
                "jetty.worker.maxThreads=20001 is out of range: use 1 to 20000",
                () -> new ThreadSettings("jetty.worker", 1, 1, 20_001, false));
        refused(
                "jetty.worker.minSpareThreads=11 is out of range: use 1 to 10",
                () -> new ThreadSettings("jetty.worker", 11, 11, 10, false));
        refused(
                "jetty.worker.maxSpareThreads=3 is out of range: use 4 to 10",
                () -> new ThreadSettings("jetty.worker", 4, 3, 10, false));
        refused(
                "jetty.worker.maxSpareThreads=11 is out of range: use 4 to 10",
                () -> new ThreadSettings("jetty.worker", 4, 11, 10, false));
    }

    @Test
    void singleThreadIsOneOfEverything() {
        assertEquals(new ThreadSettings("jetty.prefork", 1, 1, 1, false), ThreadSettings.single("jetty.prefork"));
    }

    @Test
    void childrenOutOfRangeAreRefused() {
        Duration second = Duration.ofSeconds(1);

        refused("jetty.prefork.startServers=0 is out of range: use 1 to 1000", () -> pool(0, second, second));
        refused("jetty.prefork.startServers=1001 is out of range: use 1 to 1000", () -> pool(1_001, second, second));
        refused(
                "jetty.prefork.startTimeout=0 is out of range: use 1 to 86400000",
                () -> pool(1, Duration.ZERO, second));
        refused(
                "jetty.prefork.drainTimeout=-1 is out of range: use 0 to 86400000",
                () -> pool(1, second, Duration.ofMillis(-1)));
        assertEquals(Duration.ZERO, pool(1, second, Duration.ZERO).drainTimeout());
    }

    @Test
    void recyclingOutOfRangeIsRefused() {
        refused(
                "p.maxConnectionsPerChild=-1 is out of range: use 0 to 2147483647",
                () -> new RecycleSettings("p", -1, Duration.ZERO, 0, 0, 1));
        refused(
                "p.maxChildLifetime=-1 is out of range: use 0 to 31536000000",
                () -> new RecycleSettings("p", 0, Duration.ofMillis(-1), 0, 0, 1));
        refused(
                "p.maxChildRss=-1 is out of range: use 0 to 1048576",
                () -> new RecycleSettings("p", 0, Duration.ZERO, -1, 0, 1));
        refused(
                "p.recycleJitter=91 is out of range: use 0 to 90",
                () -> new RecycleSettings("p", 0, Duration.ZERO, 0, 91, 1));
        refused(
                "p.recycleAtOnce=0 is out of range: use 1 to 1000",
                () -> new RecycleSettings("p", 0, Duration.ZERO, 0, 0, 0));
    }

    @Test
    void requestsMayTakeAsLongAsTheyLikeByDefault() {
        RequestTimes times = RequestTimes.unlimited("p");

        assertEquals(Duration.ZERO, times.slow());
        assertEquals(Duration.ZERO, times.terminate());
        assertFalse(times.isLimited());
    }

    @Test
    void requestTimesOutOfRangeAreRefused() {
        Duration negative = Duration.ofMillis(-1);

        refused(
                "p.slowRequestThreshold=-1 is out of range: use 0 to 86400000",
                () -> new RequestTimes("p", negative, Duration.ZERO, Duration.ZERO));
        refused(
                "p.requestTerminateTimeout=-1 is out of range: use 0 to 86400000",
                () -> new RequestTimes("p", Duration.ZERO, negative, Duration.ZERO));
    }

    @Test
    void keptAliveConnectionsMayBeLeftAloneForEver() {
        assertEquals(
                Duration.ofMillis(-1),
                new RequestTimes("p", Duration.ZERO, Duration.ZERO, Duration.ofMillis(-1)).pressed());
        refused(
                "p.keepAliveUnderPressure=-2 is out of range: use -1 to 86400000",
                () -> new RequestTimes("p", Duration.ZERO, Duration.ZERO, Duration.ofMillis(-2)));
    }

    @Test
    void scanIntervalIsNotNegative() {
        refused(
                "p.scanInterval=-1 is out of range: use 0 to 86400",
                () -> new ScanSettings("p", Path.of("webapps"), -1));
    }

    @Test
    void userAndGroupAreNamesOrNumbers() {
        assertEquals("p.user=www-data", new ChildUser("p", "www-data", "").toString());
        assertEquals("p.user=1000, p.group=_app$", new ChildUser("p", "1000", "_app$").toString());
        refused(
                "p.user=--help is no name or number of an account: use one that the system knows",
                () -> new ChildUser("p", "--help", ""));
        refused(
                "p.group=a b is no name or number of an account: use one that the system knows",
                () -> new ChildUser("p", "a", "a b"));
    }

    @Test
    void argumentsAreCopied() {
        List<String> arguments = new ArrayList<>(List.of("-Xmx64m"));
        var settings = new LaunchSettings(arguments, Path.of("crashes"), true, true, Optional.empty());

        arguments.clear();

        assertEquals(List.of("-Xmx64m"), settings.jvmArgs());
    }

    @Test
    void portOutOfRangeIsRefused() {
        refused("jetty.http.port or jetty.ssl.port=-1 is out of range: use 0 to 65535", () -> at(null, -1));
        refused("jetty.http.port or jetty.ssl.port=65536 is out of range: use 0 to 65535", () -> at(null, 65_536));
        refused(
                "jetty.http.acceptQueueSize or jetty.ssl.acceptQueueSize=-1 is out of range: use 0 to 2147483647",
                () -> new ListenSettings(null, 80, -1, true, false));
    }

    @Test
    void addressIsThatOfTheHostOrOfAllInterfaces() {
        assertEquals(new InetSocketAddress(8080), at(null, 8080).address());
        assertEquals(
                new InetSocketAddress("127.0.0.1", 8080), at("127.0.0.1", 8080).address());
        assertTrue(at("no-such-host.invalid", 8080).address().isUnresolved());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,80,-,80",
                "-,80,127.0.0.1,80",
                "127.0.0.1,80,-,80",
                "0.0.0.0,80,127.0.0.1,80",
                "::,80,127.0.0.1,80",
                "localhost,80,LOCALHOST,80"
            })
    void samePortCollides(String host, int port, String otherHost, int otherPort) {
        assertTrue(at(host, port).collidesWith(at(otherHost, otherPort)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-,80,-,81", "-,0,-,0", "127.0.0.1,80,127.0.0.2,80"})
    void otherPortOrHostDoesNotCollide(String host, int port, String otherHost, int otherPort) {
        assertFalse(at(host, port).collidesWith(at(otherHost, otherPort)));
    }
}
