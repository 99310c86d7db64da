package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildCommandTest {
    private static List<String> forChild(String command, String... jvmArgs) {
        return ChildCommand.forChild(List.of(command.split(" ")), List.of(jvmArgs));
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
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
                "-Xrunjdwp:transport=dt_socket",
                "-Dcom.sun.management.jmxremote",
                "-Dcom.sun.management.jmxremote.port=1099",
                "etc/jetty-pid.xml",
                "/opt/jetty/etc/jetty-state.xml",
                "etc\\jetty-jmx-remote.xml"
            })
    void whatExistsOncePerMachineStaysWithTheParent(String argument) {
        assertEquals(words("java Main etc/jetty.xml"), forChild("java " + argument + " Main etc/jetty.xml"));
        assertEquals(words("java Main etc/jetty.xml"), forChild("java Main " + argument + " etc/jetty.xml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-DSTOPPER=1", "-agentlib:hprof", "etc/jetty-jmx.xml", "etc/jetty-stateless.xml", "-Dx=jdwp"})
    void whatOnlyLooksLikeItStays(String argument) {
        assertEquals(words("java " + argument + " Main"), forChild("java " + argument + " Main"));
    }

    @Test
    void optionsOfChildrenComeAfterThoseOfTheParentAndBeforeTheMainClass() {
        assertEquals(
                words("java -Xmx1g -Da=b -ea -javaagent:a.jar --add-opens=a/b=c -Xmx64m -XX:+UseSerialGC -cp lib Main"),
                forChild(
                        "java -Xmx1g -Da=b -ea -javaagent:a.jar --add-opens=a/b=c -cp lib Main",
                        "-Xmx64m",
                        "-XX:+UseSerialGC"));
        assertEquals(words("java -Xmx64m Main -Xnot"), forChild("java Main -Xnot", "-Xmx64m"));
        assertEquals(words("java -Xmx64m --add-opens a/b=c Main"), forChild("java --add-opens a/b=c Main", "-Xmx64m"));
    }
}
