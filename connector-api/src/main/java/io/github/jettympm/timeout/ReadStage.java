package io.github.jettympm.timeout;

/** What a connection waits for when it waits for its client. */
public enum ReadStage {
    /** The TLS handshake. */
    HANDSHAKE,
    /** The head of a request. */
    HEADER,
    /** The content of a request. */
    BODY,
    /** The first byte of the next request. */
    KEEP_ALIVE,
    /** Anything: the connection does not speak HTTP/1 any more, and has no limits but the idle timeout. */
    UPGRADED
}
