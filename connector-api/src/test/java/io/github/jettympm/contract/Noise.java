package io.github.jettympm.contract;

import java.io.IOException;
import java.util.SplittableRandom;

/** Bytes without end that follow from a number; those of two numbers have nothing in common. */
final class Noise {
    private static final int BLOCK = 8 * 1024;

    private final SplittableRandom random;
    private final byte[] block = new byte[BLOCK];
    private int at = BLOCK;

    /** Takes bytes. */
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    Noise(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Gives the next bytes to a sink, piece by piece. */
    void give(long bytes, Sink sink) throws IOException {
        long left = bytes;
        while (left > 0) {
            int piece = (int) Math.min(left, available());
            sink.write(block, at, piece);
            at += piece;
            left -= piece;
        }
    }

    /** Whether these are the next bytes. */
    boolean continuesWith(byte[] bytes) {
        int compared = 0;
        while (compared < bytes.length) {
            int piece = Math.min(bytes.length - compared, available());
            for (int i = 0; i < piece; i++) {
                if (bytes[compared + i] != block[at + i]) {
                    return false;
                }
            }
            at += piece;
            compared += piece;
        }
        return true;
    }

    private int available() {
        if (at == BLOCK) {
            random.nextBytes(block);
            at = 0;
        }
        return BLOCK - at;
    }
}
