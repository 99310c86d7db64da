package io.github.jettympm.bench.report;

import java.util.List;
import java.util.Map;

/**
 * The result of one workload.
 *
 * @param name of the workload
 * @param title heading
 * @param paragraphs before the table
 * @param header of the table
 * @param rows of the table
 * @param notes after the table: what was left out or thrown out, and goals
 * @param charts file name to SVG
 */
public record Section(
        String name,
        String title,
        List<String> paragraphs,
        List<String> header,
        List<List<String>> rows,
        List<String> notes,
        Map<String, String> charts) {

    /** As Markdown. */
    public String markdown(String chartDirectory) {
        var text = new StringBuilder("### " + title + "\n\n");
        paragraphs.forEach(paragraph -> text.append(paragraph).append("\n\n"));
        if (!rows.isEmpty()) {
            text.append(table()).append('\n');
        }
        charts.keySet()
                .forEach(file ->
                        text.append("![%s](%s/%s)\n\n".formatted(title.replace('|', ' '), chartDirectory, file)));
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        return text.append(notes.isEmpty() ? "" : "\n").toString();
    }

    private String table() {
        var text = new StringBuilder();
        text.append("| ").append(String.join(" | ", header)).append(" |\n");
        text.append("|---|").append("---:|".repeat(header.size() - 1)).append('\n');
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }
}
