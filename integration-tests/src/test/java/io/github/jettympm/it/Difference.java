package io.github.jettympm.it;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, with the lines around them, as {@code diff -u} shows them. */
final class Difference {
    private static final int CONTEXT = 4;
    private static final int MOST_LINES = 150;

    private Difference() {}

    /** Returns the differing lines, {@code -} for expected and {@code +} for actual; empty when there are none. */
    static String between(List<String> expected, List<String> actual) {
        var script = script(expected, actual);
        var shown = new ArrayList<String>();
        for (var i = 0; i < script.size() && shown.size() < MOST_LINES; i++) {
            if (nearChange(script, i)) {
                shown.add(script.get(i));
            } else if (!shown.isEmpty() && !shown.get(shown.size() - 1).equals("@@")) {
                shown.add("@@");
            }
        }
        return String.join("\n", shown);
    }

    private static boolean nearChange(List<String> script, int index) {
        var from = Math.max(0, index - CONTEXT);
        var to = Math.min(script.size(), index + CONTEXT + 1);
        return script.subList(from, to).stream().anyMatch(line -> line.charAt(0) != ' ');
    }

    /** Walks the table of longest common subsequences. */
    private static List<String> script(List<String> expected, List<String> actual) {
        var common = commonLengths(expected, actual);
        var script = new ArrayList<String>();
        var i = 0;
        var j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j))) {
                script.add("  " + expected.get(i));
                i++;
                j++;
            } else if (j == actual.size() || i < expected.size() && common[i + 1][j] >= common[i][j + 1]) {
                script.add("- " + expected.get(i++));
            } else {
                script.add("+ " + actual.get(j++));
            }
        }
        return script;
    }

    private static int[][] commonLengths(List<String> expected, List<String> actual) {
        var common = new int[expected.size() + 1][actual.size() + 1];
        for (var i = expected.size() - 1; i >= 0; i--) {
            for (var j = actual.size() - 1; j >= 0; j--) {
                common[i][j] = expected.get(i).equals(actual.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
