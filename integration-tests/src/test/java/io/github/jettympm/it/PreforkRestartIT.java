package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The restart of all children while they serve. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PreforkRestartIT {
    private static final String CANNOT_BOOT = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <Set name="contextPath">/broken</Set>
              <Set name="war">/no/such.war</Set>
              <Set name="throwUnavailableOnStartupException">true</Set>
            </Configure>
            """;

    @Test
    void hangUpBringsANewWarWithoutALostRequest() throws Exception {
        var base = baseWithVersionOne("restart");
        try (var server = base.start("jetty.prefork.startServers=2")) {
            var old = ready(server, 2);

            try (var load = new Load(server.port(), "/app/version.txt", 4, 5_000)) {
                load.awaitAnswers(1); // from the old one
                VersionWar.replace(base, "app", "two");
                signal("HUP", server.process().pid());
                for (long child : old) {
                    said(server, "child " + child + " .* ended after .* as it was asked to", 1);
                }
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(Set.of("one", "two"), load.answers().keySet());
            }
            said(server, "generation 2 is ready", 1);
            assertEquals(4, ready(server, 4).size());

            base.write("webapps/broken.xml", CANNOT_BOOT);
            signal("HUP", server.process().pid());
            said(server, "generation 3 did not start, and generation 2 serves on: .*boot failed", 1);

            try (var load = new Load(server.port(), "/app/version.txt", 1, 10)) {
                load.awaitEnough();
                assertEquals(List.of(), load.failures());
                assertTrue(load.answers().containsKey("two"));
            }
        }
    }

    @Test
    void newWarIsFoundWithoutASignal() throws Exception {
        var base = baseWithVersionOne("restart-scan");
        try (var server = base.start("jetty.prefork.startServers=1", "jetty.prefork.scanInterval=1")) {
            try (var load = new Load(server.port(), "/app/version.txt", 2, 1_000)) {
                load.awaitAnswers(1);
                VersionWar.replace(base, "app", "two");
                said(server, "restarting the children, since applications have changed: .*app.war", 1);
                load.awaitAnswers(2);
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(Set.of("one", "two"), load.answers().keySet());
            }
        }
    }

    private static JettyBase baseWithVersionOne(String name) throws Exception {
        var base = JettyHome.ofBuild().createBase(name, Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "ee10-deploy"));
        base.deploy("app", VersionWar.pack(base.directory(), "one"), "ee10");
        return base;
    }
}
