package io.github.jettympm.bench.load;

import java.io.IOException;

/** Requests of one kind, at a server of any kind. */
public interface Load {
    /** Sends requests for about as many seconds. */
    LoadResult run(Target target, int seconds) throws IOException, InterruptedException;

    /** Sends at least so many requests. */
    LoadResult warmUp(Target target, int requests) throws IOException, InterruptedException;

    /** The program that it needs, empty for none. */
    default String program() {
        return "";
    }

    /** How many requests it takes until a server is warm, if it has served {@code requests} of some kind before. */
    default int warmUpRequests(int requests) {
        return requests;
    }
}
