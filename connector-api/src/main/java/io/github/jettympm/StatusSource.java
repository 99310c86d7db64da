package io.github.jettympm;

import io.github.jettympm.status.Status;
import java.io.IOException;

/** Knows how a server is. */
interface StatusSource {
    /**
     * Reads it. Any thread may call it.
     *
     * @throws IOException if it cannot be read now, or nobody keeps it; the message says why
     */
    Status read() throws IOException;
}
