package io.github.jettympm.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file, of which the harness writes what is between its two markers. A section stays until its workload is
 * measured again; each says when that was.
 */
public final class Report {
    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";
    private static final Pattern SECTION =
            Pattern.compile("<!-- section (\\S+) -->\n(.*?)<!-- end of \\1 -->\n", Pattern.DOTALL);

    private final Path file;
    private final List<String> order;

    /**
     * Makes a report.
     *
     * @param file written when there is something to write
     * @param order names of sections
     */
    public Report(Path file, List<String> order) {
        this.file = file;
        this.order = order;
    }

    /** Puts a section in its place, or in the place of its predecessor. */
    public void write(Section section) throws IOException {
        String directory = file.getFileName().toString().replace(".md", "");
        Path charts = file.resolveSibling(directory);
        for (Map.Entry<String, String> chart : section.charts().entrySet()) {
            Files.createDirectories(charts);
            Files.writeString(charts.resolve(chart.getKey()), chart.getValue());
        }
        String old = Files.exists(file) ? Files.readString(file) : "# Report\n\n" + BEGIN + "\n" + END + "\n";
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, merge(old, section.name(), section.markdown(directory)));
    }

    /** The text with another section in it. */
    String merge(String old, String name, String markdown) {
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(file + " lacks the markers " + BEGIN + " and " + END);
        }
        Map<String, String> sections = sections(old.substring(begin, end));
        sections.put(name, markdown);
        var text = new StringBuilder(old.substring(0, begin)).append(BEGIN).append("\n\n");
        order.stream().filter(sections::containsKey).forEach(known -> append(text, known, sections.remove(known)));
        sections.forEach((other, content) -> append(text, other, content));
        return text.append(old.substring(end)).toString();
    }

    private static void append(StringBuilder text, String name, String content) {
        text.append("<!-- section ").append(name).append(" -->\n");
        text.append(content);
        text.append("<!-- end of ").append(name).append(" -->\n\n");
    }

    private static Map<String, String> sections(String measured) {
        var sections = new LinkedHashMap<String, String>();
        Matcher matcher = SECTION.matcher(measured);
        while (matcher.find()) {
            sections.put(matcher.group(1), matcher.group(2));
        }
        return sections;
    }
}
