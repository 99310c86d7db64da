package io.github.jettympm.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassListTest {
    private static final String OBJECT = "java/lang/Object id: 0";
    private static final String NAME = ClassListTest.class.getName();

    @TempDir
    private Path directory;

    /** Based on a class of another loader, or not. */
    public interface Service extends Runnable {}

    /** Based on both. */
    public abstract static class Base implements Service {}

    /** Has no class below it but the platform's. */
    public static class Alone {}

    /** Nothing is based on it. */
    public interface Lonely {}

    private URLClassLoader jarOf(String file, Class<?>... classes) throws IOException {
        Path jar = directory.resolve(file);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new ZipEntry(name));
                try (InputStream content = type.getClassLoader().getResourceAsStream(name)) {
                    content.transferTo(zip);
                }
            }
        }
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    private List<String> linesOf(Class<?>... types) {
        ClassLines lines = new ClassLines(7, directory);
        List.of(types).forEach(lines::add);
        return lines.lines();
    }

    @Test
    void classIsAfterThoseThatItIsBasedOn() throws Exception {
        try (var loader = jarOf("a.jar", Base.class, Service.class)) {
            String name = NAME.replace('.', '/');
            Path jar = directory.resolve("a.jar");

            assertEquals(
                    List.of(
                            "java/lang/Object id: 7",
                            "java/lang/Runnable id: 8",
                            name + "$Service id: 9 super: 7 interfaces: 8 source: " + jar,
                            name + "$Base id: 10 super: 7 interfaces: 9 source: " + jar),
                    linesOf(loader.loadClass(NAME + "$Base"), loader.loadClass(NAME + "$Service")));
        }
    }

    /** As in a server with applications of two versions of the Servlet API. */
    @Test
    void secondOfANameIsLeftOutWithWhatIsBasedOnIt() throws Exception {
        try (var one = jarOf("one.jar", Service.class);
                var other = jarOf("other.jar", Service.class, Base.class)) {
            var lines = linesOf(one.loadClass(NAME + "$Service"), other.loadClass(NAME + "$Base"));

            assertEquals(
                    List.of("one.jar"),
                    lines.stream()
                            .filter(line -> line.contains(" source: "))
                            .map(line -> line.replaceAll(".*/", ""))
                            .toList());
        }
    }

    /** A virtual machine would take what is behind the blank for something else. */
    @Test
    void linkStandsForAJarWithABlankInItsPath() throws Exception {
        try (var loader = jarOf("a b.jar", Alone.class)) {
            var lines = linesOf(loader.loadClass(NAME + "$Alone"));

            Path link = Path.of(lines.get(1).replaceAll(".* source: ", ""));
            assertFalse(link.toString().contains(" "));
            assertTrue(Files.isSameFile(directory.resolve("a b.jar"), link));
        }
    }

    @Test
    void classOfAnUnpackedApplicationIsLeftOut() throws Exception {
        var classes = Path.of(ClassListTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            assertEquals(List.of("java/lang/Object id: 7"), linesOf(loader.loadClass(NAME + "$Alone")));
        }
    }

    @Test
    void recordedClassesOfOtherLoadersAreNotTaken() {
        String other = "jakarta/servlet/Servlet id: 7 super: 0 source: /lib/servlet-api.jar";

        assertEquals(List.of(OBJECT), ClassList.ofOwnLoaders(OBJECT + "\n" + other + "\njava/lang/Str"));
        assertEquals(List.of(), ClassList.ofOwnLoaders(""));
    }

    @Test
    void loadedClassesAndThoseOfAFirstRequestAreInTheList() throws Exception {
        Path recorded = Files.writeString(directory.resolve("recorded"), OBJECT + "\n");
        Path list = directory.resolve("list");
        try (var loader = jarOf("app.jar", Alone.class, Lonely.class)) {
            loader.loadClass(NAME + "$Alone");
            loader.loadClass(NAME + "$Lonely");

            ClassList.write(recorded, list, () -> new ServerLoaders(Map.of(), List.of(loader)));
        }

        var lines = Files.readAllLines(list);
        assertEquals(OBJECT, lines.get(0));
        assertTrue(lines.contains("io/github/jettympm/blocking/BlockingEndPoint"), lines::toString);
        String source = " id: 100000\\d super: 1000000 source: " + directory.resolve("app.jar");
        for (String type : List.of("Alone", "Lonely")) {
            assertTrue(lines.stream().anyMatch(line -> line.matches(".*\\$" + type + source)), lines::toString);
        }
    }

    @Test
    void withoutARecordingThereIsNone() {
        Path list = directory.resolve("list");

        ClassList.write(directory.resolve("recorded"), list, () -> new ServerLoaders(Map.of(), List.of()));

        assertFalse(Files.exists(list));
    }
}
