package io.github.jettympm.contract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Follows the records of TLS in what a client receives (RFC 8446, 5.1), since Java's client ends without a word if its server does. */
final class TlsRecords extends FilterInputStream {
    private static final int HEADER = 5; // type, version, length
    private static final int ALERT = 21;
    private static final int APPLICATION_DATA = 23;
    private static final int SEALED_ALERT = 2 + 1 + 16 + 16; // of TLS 1.3, by Java: with its type, padding, and the tag

    private final byte[] header = new byte[HEADER];
    private int headerBytes;
    private int rest; // of the record that has begun

    TlsRecords(InputStream in) {
        super(in);
    }

    /** Whether the record that came last is an alert, and complete. */
    boolean isLastAnAlert() {
        return rest == 0
                && headerBytes == HEADER
                && (header[0] == ALERT || header[0] == APPLICATION_DATA && length() == SEALED_ALERT);
    }

    private int length() {
        return (header[3] & 0xFF) << Byte.SIZE | header[4] & 0xFF;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        for (int i = 0; i < read; ) {
            i += follow(bytes, offset + i, read - i);
        }
        return read;
    }

    private int follow(byte[] bytes, int offset, int length) {
        if (rest > 0) {
            int passed = Math.min(rest, length);
            rest -= passed;
            return passed;
        }
        if (headerBytes == HEADER) {
            headerBytes = 0;
        }
        header[headerBytes++] = bytes[offset];
        if (headerBytes == HEADER) {
            rest = length();
        }
        return 1;
    }
}
