package io.github.jettympm.docs;

import java.util.regex.Pattern;

/** The samples in the pages for operators, so that tests run exactly what a reader copies. */
public final class Sample {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\n(.*?)^```$");

    private Sample() {}

    /**
     * Finds a block of code.
     *
     * @param page file in {@code docs}
     * @param start how the block begins, which no other does
     */
    public static String of(String page, String start) {
        var found = BLOCK.matcher(Project.read(Project.DIRECTORY.resolve("docs").resolve(page)))
                .results()
                .map(it -> it.group(1))
                .filter(it -> it.startsWith(start))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    found.size() + " blocks of code in docs/" + page + " begin with " + start + ", expected 1");
        }
        return found.get(0);
    }
}
