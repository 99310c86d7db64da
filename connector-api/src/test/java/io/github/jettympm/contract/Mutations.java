package io.github.jettympm.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes byte streams that are almost HTTP/1.1 out of the {@link RawCases}. The same seed makes the same stream. */
final class Mutations {
    private static final int LONGEST = 12_000;
    private static final String CORPUS = "fuzz-corpus.txt";

    private static final List<byte[]> PIECES = List.of(
                    "\r\n",
                    "\n",
                    "\r",
                    " ",
                    "\t",
                    ":",
                    ";",
                    ",",
                    "\0",
                    "\u00ff",
                    "%",
                    "0",
                    "-1",
                    "ffffffff",
                    "\r\n\r\n",
                    "\r\n ",
                    "0\r\n\r\n",
                    "Content-Length: 1\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Connection: close\r\n",
                    "Expect: 100-continue\r\n",
                    "Host: a\r\n",
                    "HTTP/1.1",
                    "HTTP/1.0",
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .stream()
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
            .toList();

    private final List<byte[]> seeds = RawCases.all().stream()
            .map(RawCase::lastStep)
            .filter(bytes -> bytes.length < LONGEST)
            .toList();

    /** Inputs that have found something, one in each line that does not begin with #, with escapes as in Java. */
    static List<byte[]> corpus() {
        try (InputStream in = Mutations.class.getResourceAsStream(CORPUS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.translateEscapes().getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a line of the corpus. */
    static String escaped(byte[] input) {
        StringBuilder text = new StringBuilder();
        for (byte b : input) {
            int c = b & 0xff;
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\\' -> text.append("\\\\");
                default -> text.append(c >= 0x20 && c < 0x7f ? String.valueOf((char) c) : "\\%03o".formatted(c));
            }
        }
        return text.toString();
    }

    byte[] make(long seed) {
        Random random = new Random(seed);
        byte[] stream = any(random);
        for (int more = random.nextInt(3); more > 0; more--) {
            stream = joined(stream, any(random));
        }
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            stream = changed(stream, random);
        }
        return stream;
    }

    private byte[] any(Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] stream, Random random) {
        if (stream.length < 2) {
            return joined(stream, any(random));
        }
        int at = random.nextInt(stream.length);
        int to = at + random.nextInt(Math.min(30, stream.length - at) + 1);
        byte[] before = Arrays.copyOf(stream, at);
        byte[] range = Arrays.copyOfRange(stream, at, to);
        byte[] after = Arrays.copyOfRange(stream, to, stream.length);
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] other = stream.clone();
                other[at] = (byte) random.nextInt();
                yield other;
            }
            case 1 -> joined(before, after);
            case 2 -> joined(before, range, range, after);
            case 3 -> joined(before, PIECES.get(random.nextInt(PIECES.size())), range, after);
            case 4 -> joined(before, PIECES.get(random.nextInt(PIECES.size())), after);
            default -> random.nextInt(4) == 0 ? before : joined(before, range, any(random), after);
        };
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        byte[] bytes = all.toByteArray();
        return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
    }
}
