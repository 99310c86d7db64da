package io.github.jettympm.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties that the template of a module explains.
 *
 * @param module its name
 * @param groups properties that one comment explains
 */
record ModuleProperties(String module, List<Group> groups) {
    private static final String TEMPLATE = "[ini-template]";
    private static final Pattern PROPERTY = Pattern.compile("# (jetty\\.[\\w.]+)=(.*)");

    /**
     * Properties with their defaults, and the comment above them.
     *
     * @param properties in their order, at least one
     * @param comment lines joined by a blank
     */
    record Group(List<Property> properties, String comment) {}

    /**
     * A property.
     *
     * @param name such as {@code jetty.event.processes}
     * @param value the default, empty if there is none
     */
    record Property(String name, String value) {}

    static ModuleProperties read(Path file) throws IOException {
        var name = file.getFileName().toString().replaceFirst("\\.mod$", "");
        var lines = Files.readAllLines(file);
        int start = lines.indexOf(TEMPLATE);
        return new ModuleProperties(name, start < 0 ? List.of() : parse(lines.subList(start + 1, lines.size())));
    }

    private static List<Group> parse(List<String> lines) {
        var groups = new ArrayList<Group>();
        var comment = new ArrayList<String>();
        var properties = new ArrayList<Property>();
        for (var line : lines) {
            Matcher property = PROPERTY.matcher(line);
            if (property.matches()) {
                properties.add(new Property(property.group(1), property.group(2)));
            } else if (line.startsWith("## ")) {
                comment.add(line.substring(3));
            } else if (line.isBlank()) {
                finish(groups, properties, comment);
            }
        }
        finish(groups, properties, comment);
        return groups;
    }

    private static void finish(List<Group> groups, List<Property> properties, List<String> comment) {
        if (!properties.isEmpty()) {
            groups.add(new Group(List.copyOf(properties), String.join(" ", comment)));
        }
        properties.clear();
        comment.clear();
    }
}
