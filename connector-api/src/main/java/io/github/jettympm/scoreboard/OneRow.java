package io.github.jettympm.scoreboard;

/**
 * The row of a process that serves one connection at a time. The client of a request may be another one than that of the
 * connection, which a proxy may have opened.
 */
final class OneRow implements RequestRows {
    private final Traffic row;

    OneRow(Traffic row) {
        this.row = row;
    }

    @Override
    public Traffic begins(String client, String method, String path, long now) {
        row.requestBegins(client, method, path, now);
        return row;
    }

    @Override
    public void ends(Traffic its, long began, long bytes, long now) {
        its.requestEnds(bytes, now);
    }

    @Override
    public void upgraded(long now) {
        row.upgraded(now);
    }
}
