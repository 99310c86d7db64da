package io.github.jettympm.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * {@code /proc/PID/stat}, kept open: it can be read by a process that has no descriptor left, and tells of the process that it
 * was opened for, never of another one that has its number later.
 */
public final class StatFile implements Closeable {
    private static final int MOST = 4096; // bytes; 52 numbers and a name of 64 at most

    private final RandomAccessFile file;

    private StatFile(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * Opens it.
     *
     * @param pid number of the process, any number
     * @return the file
     * @throws IOException if there is no such process that this user may see, or no such file on this system
     */
    public static StatFile open(long pid) throws IOException {
        return open(ProcFiles.PROC, pid);
    }

    /**
     * Opens it below another directory than {@code /proc}.
     *
     * @param proc a directory with one for each process
     * @param pid number of the process, any number
     * @return the file
     * @throws IOException if there is no such file, or it is not for this user
     */
    public static StatFile open(Path proc, long pid) throws IOException {
        return new StatFile(new RandomAccessFile(
                proc.resolve(Long.toString(pid)).resolve("stat").toFile(), "r"));
    }

    /**
     * Reads what it says now. One thread at a time may call it.
     *
     * @return its one line, for {@link ProcFiles#fieldsBehindName}
     * @throws IOException if there is no such process any more
     */
    public String read() throws IOException {
        byte[] bytes = new byte[MOST];
        file.seek(0);
        int count = file.read(bytes);
        if (count <= 0) {
            throw new IOException("nothing in stat");
        }
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
