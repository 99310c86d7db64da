package io.github.jettympm.scoreboard;

/** The row of a process that serves one connection at a time, which says who the client is. */
final class OneRow implements RequestRows {
    private final Traffic row;

    OneRow(Traffic row) {
        this.row = row;
    }

    @Override
    public Traffic begins(String client, String method, String path, long now) {
        row.requestBegins(method, path, now);
        return row;
    }

    @Override
    public void ends(Traffic its, long began, long bytes, long now) {
        its.requestEnds(bytes, now);
    }
}
