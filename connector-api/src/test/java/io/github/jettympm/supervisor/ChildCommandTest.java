package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildCommandTest {
    private static List<String> forChild(String command, String... jvmArgs) {
        return ChildCommand.forChild(JavaCommand.parse(words(command)), List.of(jvmArgs))
                .words();
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    @Test
    void programThatWasReplacedIsTheOneThatIsThereNow() {
        assertEquals("/opt/jdk/bin/java", ChildCommand.program("/opt/jdk/bin/java (deleted)"));
        assertEquals("/opt/jdk/bin/java", ChildCommand.program("/opt/jdk/bin/java"));
    }

    @Test
    void childIsStartedAsItsParent() {
        assertEquals(
                words("java -Xmx1g -cp lib/* Main jetty.http.port=80 etc/jetty.xml"),
                forChild("java -Xmx1g -cp lib/* Main jetty.http.port=80 etc/jetty.xml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-DSTOP.PORT=8079",
                "-DSTOP.KEY=secret",
                "STOP.PORT=8079",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                "-agentpath:/opt/lib/libjdwp.so=transport=dt_socket,address=5005",
                "-Xrunjdwp:transport=dt_socket",
                "-Dcom.sun.management.config.file=/etc/management.properties",
                "-Dcom.sun.management.jmxremote",
                "-Dcom.sun.management.jmxremote.port=1099",
                "etc/jetty-pid.xml",
                "/opt/jetty/etc/jetty-state.xml",
                "etc\\jetty-jmx-remote.xml",
                "etc/jmx-remote-auth.xml",
                "/srv/base/etc/jmx-remote-ssl.xml"
            })
    void whatExistsOncePerMachineStaysWithTheParent(String argument) {
        assertEquals(words("java Main etc/jetty.xml"), forChild("java " + argument + " Main etc/jetty.xml"));
        assertEquals(words("java Main etc/jetty.xml"), forChild("java Main " + argument + " etc/jetty.xml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-DSTOPPER=1",
                "-agentlib:hprof",
                "etc/jetty-jmx.xml",
                "etc/jetty-stateless.xml",
                "-Dx=jdwp",
                "etc/my-jmx-remote.xml"
            })
    void whatOnlyLooksLikeItStays(String argument) {
        assertEquals(words("java " + argument + " Main"), forChild("java " + argument + " Main"));
    }

    @Test
    void optionsOfChildrenComeAfterAllThoseOfTheParent() {
        assertEquals(
                words("java -Xmx1g -Da=b -ea -javaagent:a.jar --add-opens=a/b=c -Xmx64m -XX:+UseSerialGC -cp lib Main"),
                forChild(
                        "java -Xmx1g -Da=b -ea -javaagent:a.jar --add-opens=a/b=c -cp lib Main",
                        "-Xmx64m",
                        "-XX:+UseSerialGC"));
        assertEquals(words("java -Xmx64m Main -Xnot"), forChild("java Main -Xnot", "-Xmx64m"));
        assertEquals(words("java --add-opens=a/b=c -Xmx64m Main"), forChild("java --add-opens a/b=c Main", "-Xmx64m"));
        assertEquals(words("java -Xmx1g -Xmx64m -cp lib Main"), forChild("java -cp lib -Xmx1g Main", "-Xmx64m"));
        assertEquals(words("java -Xmx1g -Xmx64m -jar a.jar -x"), forChild("java -Xmx1g -jar a.jar -x", "-Xmx64m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-server",
                "-verbose:gc",
                "-da",
                "-esa",
                "-agentpath:/opt/libtool.so",
                "--enable-preview",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"
            })
    void optionsOfChildrenComeAfterAnyOptionOfTheParent(String option) {
        assertEquals(
                words("java " + option + " -Xmx1g -Xmx64m -cp lib Main"),
                forChild("java " + option + " -Xmx1g -cp lib Main", "-Xmx64m"));
    }
}
