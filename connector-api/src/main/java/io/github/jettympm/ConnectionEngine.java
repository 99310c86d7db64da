package io.github.jettympm;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Accepts connections from a listening socket and serves them in this process: the part in which the models differ.
 *
 * <p>The connector calls it from the threads that start and stop the server.
 */
public interface ConnectionEngine {
    /**
     * Begins to serve.
     *
     * @param channel the listening socket; the connector opens and closes it
     * @param accepting whether to accept, until {@link #setAccepting} says otherwise
     * @throws IOException if the channel cannot be used
     */
    void start(ServerSocketChannel channel, boolean accepting) throws IOException;

    /**
     * Stops or resumes accepting; connections that are open go on. Meanwhile new ones wait in the queue of the listening
     * socket.
     *
     * @param accepting whether to accept
     */
    void setAccepting(boolean accepting);

    /**
     * Tells when the requests of HTTP/1 that are being served now are complete.
     *
     * @return completed at once if there are none
     */
    CompletableFuture<Void> requestsComplete();

    /**
     * Ends connections, from now on, on which nothing is in flight and which have been idle for some time. Those that are in
     * the middle of a request go on.
     *
     * @param idle milliseconds, 0 or more
     */
    void endIdle(long idle);

    /**
     * Tells when every connection that was taken from the listening socket, which is closed already, is served, or at
     * least one of those that the connector knows.
     *
     * @return completed at once if none can be on its way between the two
     */
    default CompletableFuture<Void> drained() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * How many connections wait for a request. Asked now and then, by any thread.
     *
     * @return 0 or more
     */
    int waitingConnections();

    /**
     * How many threads could take a request now. Asked now and then, by any thread.
     *
     * @return 0 or more
     */
    int idleThreads();

    /**
     * Closes what is still open, and ends the threads. The listening socket is closed already.
     *
     * @param limit how long to wait for threads that still serve
     * @throws InterruptedException if the calling thread is interrupted while it waits for threads to end
     */
    void stop(Duration limit) throws InterruptedException;
}
