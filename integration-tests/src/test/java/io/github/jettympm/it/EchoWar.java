package io.github.jettympm.it;

import com.sun.jna.Pointer;
import io.github.jettympm.it.echo.AsyncServlet;
import io.github.jettympm.it.echo.ConnectionServlet;
import io.github.jettympm.it.echo.DigestServlet;
import io.github.jettympm.it.echo.FatalServlet;
import io.github.jettympm.it.echo.ListenerEchoServlet;
import io.github.jettympm.it.echo.ProcessServlet;
import io.github.jettympm.it.echo.SessionLog;
import io.github.jettympm.it.echo.SessionServlet;
import io.github.jettympm.it.echo.StreamServlet;
import io.github.jettympm.it.echo.UnsafeServlet;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The one WAR of our own: servlets that do what the borrowed WARs do not, packed from this module's classes. */
final class EchoWar {
    private static final Map<String, Class<? extends HttpServlet>> SERVLETS = new TreeMap<>(Map.of(
            "digest", DigestServlet.class,
            "process", ProcessServlet.class,
            "session", SessionServlet.class,
            "stream", StreamServlet.class,
            "connection", ConnectionServlet.class,
            "async", AsyncServlet.class,
            "unsafe", UnsafeServlet.class,
            "fatal", FatalServlet.class,
            "listener-echo", ListenerEchoServlet.class));

    private EchoWar() {}

    /** Packs the WAR into {@code directory} and returns the file. */
    static Path pack(Path directory) throws IOException {
        var war = directory.resolve("echo.war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
            zip.write(webXml().getBytes(StandardCharsets.UTF_8));
            for (var file : classFiles()) {
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + packagePath() + file.getFileName()));
                Files.copy(file, zip);
            }
            zip.putNextEntry(new ZipEntry("WEB-INF/lib/jna.jar"));
            Files.copy(sourceOf(Pointer.class), zip);
        }
        return war;
    }

    private static String webXml() {
        return SERVLETS.entrySet().stream()
                .map(it -> servlet(it.getKey(), it.getValue()))
                .collect(Collectors.joining(
                        "",
                        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n"
                                + listener(SessionLog.class),
                        "</web-app>\n"));
    }

    private static String listener(Class<?> type) {
        return "<listener><listener-class>" + type.getName() + "</listener-class></listener>\n";
    }

    private static String servlet(String name, Class<? extends HttpServlet> type) {
        return """
                <servlet>
                  <servlet-name>%1$s</servlet-name>
                  <servlet-class>%2$s</servlet-class>
                  <load-on-startup>1</load-on-startup>
                  <async-supported>true</async-supported>
                </servlet>
                <servlet-mapping>
                  <servlet-name>%1$s</servlet-name>
                  <url-pattern>/%1$s</url-pattern>
                </servlet-mapping>
                """.formatted(name, type.getName());
    }

    private static List<Path> classFiles() throws IOException {
        try (Stream<Path> files = Files.list(sourceOf(EchoWar.class).resolve(packagePath()))) {
            return files.filter(it -> it.toString().endsWith(".class")).sorted().toList();
        }
    }

    /** The jar, or the directory, that a class was loaded from. */
    private static Path sourceOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static String packagePath() {
        return DigestServlet.class.getPackageName().replace('.', '/') + "/";
    }
}
