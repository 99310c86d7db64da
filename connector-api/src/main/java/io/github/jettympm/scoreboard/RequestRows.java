package io.github.jettympm.scoreboard;

/**
 * Where a process says which requests it serves: one row for each at a time. Any thread may call any method; none waits,
 * makes a system call or an object.
 */
public interface RequestRows {
    /**
     * A request begins.
     *
     * @param client address of the client
     * @param method such as {@code GET}
     * @param path path of its URI; a query string does not belong here
     * @param now the time, of {@link System#nanoTime()}
     * @return its row, which is its own until {@link #ends}; null if all are taken, and then it is only counted
     */
    Traffic begins(String client, String method, String path, long now);

    /**
     * A request ends. To be called once for each that has begun.
     *
     * @param row its row, or null
     * @param began when it began
     * @param bytes what was sent, 0 or more
     * @param now the time
     */
    void ends(Traffic row, long began, long bytes, long now);

    /**
     * The connection of a request that has ended speaks another protocol than HTTP from now on. May be called again and again; says
     * something only where a process has one connection at a time.
     *
     * @param now the time
     */
    void upgraded(long now);
}
