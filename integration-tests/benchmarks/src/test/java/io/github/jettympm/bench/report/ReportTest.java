package io.github.jettympm.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String EMPTY = "before\n<!-- measured: begin -->\n<!-- measured: end -->\nafter\n";
    private final Report report = new Report(Path.of("performance.md"), List.of("first", "second"));

    @Test
    void sectionsStandInTheOrderOfTheCatalogue() {
        String text = report.merge(report.merge(EMPTY, "second", "2\n"), "first", "1\n");

        assertTrue(text.indexOf("1\n") < text.indexOf("2\n"));
        assertTrue(text.startsWith("before\n"));
        assertTrue(text.endsWith("after\n"));
    }

    @Test
    void aSectionReplacesItsPredecessorAndNoOther() {
        String text = report.merge(report.merge(EMPTY, "first", "old\n"), "second", "kept\n");

        String merged = report.merge(text, "first", "new\n");

        assertEquals(text.replace("old", "new"), merged);
    }

    @Test
    void aFileWithoutMarkersIsNotTouched() {
        assertThrows(IllegalStateException.class, () -> report.merge("something else", "first", ""));
    }

    @Test
    void sectionHasTableChartAndNotes() {
        var section = new Section(
                "name",
                "Title",
                List.of("text"),
                List.of("", "rate"),
                List.of(List.of("stock", "1")),
                List.of("note"),
                Map.of("name.svg", "<svg/>"));

        assertEquals(
                "### Title\n\ntext\n\n|  | rate |\n|---|---:|\n| stock | 1 |\n\n![Title](dir/name.svg)\n\n- note\n\n",
                section.markdown("dir"));
    }
}
