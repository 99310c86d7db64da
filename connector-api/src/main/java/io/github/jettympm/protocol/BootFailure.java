package io.github.jettympm.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Why a child did not start, as it says itself: one line in a file of its directory. Its log says the same, but may be
 * anywhere.
 */
public final class BootFailure {
    private static final String FILE = "boot-failure";

    /** Of what one exception says; some quote a whole file. */
    private static final int LONGEST = 500;

    private static final int MOST_CAUSES = 8;
    private static final int MOST_BYTES = 4 * MOST_CAUSES * LONGEST;

    private BootFailure() {}

    /**
     * Leaves word for the parent. Called by a child that is about to end.
     *
     * @param directory the one of its slot
     * @param failure why it does not start
     */
    public static void write(Path directory, Throwable failure) {
        try {
            Files.writeString(directory.resolve(FILE), describe(failure));
        } catch (IOException e) {
            // The log of the child has it; the end of the child must not depend on a full disk.
        }
    }

    /**
     * What a child has left. Called by the parent when the child has ended.
     *
     * @param directory the one of its slot, which is the child's: a link is not followed
     * @return what it says, of a bounded length; empty if it says nothing
     */
    public static Optional<String> read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8))
                    .filter(text -> !text.isBlank());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** An exception that only repeats what its cause says is not said twice. */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable each = failure;
        for (int i = 0; i < MOST_CAUSES && each != null; i++) {
            String words = cut(each.toString());
            if (text.indexOf(words) < 0) {
                text.append(text.isEmpty() ? "" : ", caused by ").append(words);
            }
            each = each.getCause();
        }
        return text.toString().replaceAll("\\s+", " ");
    }

    private static String cut(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
    }
}
