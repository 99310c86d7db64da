package io.github.jettympm.scoreboard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a scoreboard as numbers and short texts, each at its offset: written with neither a system call nor an
 * object, and read by other processes without a lock. A text that is read while it is written may be a mixture.
 */
final class Cells {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int PRINTABLE_FROM = 0x20;
    private static final int PRINTABLE_TO = 0x7e;

    private final ByteBuffer bytes;

    Cells(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int getInt(int offset) {
        return (int) INT.getAcquire(bytes, offset);
    }

    void setInt(int offset, int value) {
        INT.setRelease(bytes, offset, value);
    }

    /** Adds to a cell that several threads write. */
    void addInt(int offset, int number) {
        INT.getAndAdd(bytes, offset, number);
    }

    long getLong(int offset) {
        return (long) LONG.getAcquire(bytes, offset);
    }

    void setLong(int offset, long value) {
        LONG.setRelease(bytes, offset, value);
    }

    /** Adds to a cell that several threads write. */
    void addLong(int offset, long number) {
        LONG.getAndAdd(bytes, offset, number);
    }

    /** Adds to a cell that one thread at a time writes. */
    void increase(int offset, long number) {
        setLong(offset, getLong(offset) + number);
    }

    /** Writes zeros; offset and length are multiples of 8. */
    void clear(int offset, int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            setLong(offset + i, 0L);
        }
    }

    /**
     * Writes a text, or two with a blank between them, as far as there is room; what is not printable becomes a question
     * mark. Its length comes first.
     *
     * @param limit most characters; the cell has 4 bytes more
     * @param second may be empty
     */
    void setText(int offset, int limit, String first, String second) {
        setInt(offset, 0);
        int length = append(offset, 0, limit, first);
        if (!second.isEmpty()) {
            length = append(offset, length, limit, " ");
            length = append(offset, length, limit, second);
        }
        setInt(offset, length);
    }

    private int append(int offset, int length, int limit, String text) {
        int room = Math.min(text.length(), limit - length);
        for (int i = 0; i < room; i++) {
            bytes.put(offset + Integer.BYTES + length + i, (byte) printable(text.charAt(i)));
        }
        return length + Math.max(0, room);
    }

    private static char printable(char c) {
        return c >= PRINTABLE_FROM && c <= PRINTABLE_TO ? c : '?';
    }

    /** Reads a text; whatever the bytes are, it is printable and no longer than the limit. */
    String getText(int offset, int limit) {
        int length = Math.max(0, Math.min(limit, getInt(offset)));
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(printable((char) (bytes.get(offset + Integer.BYTES + i) & 0xFF)));
        }
        return text.toString();
    }
}
