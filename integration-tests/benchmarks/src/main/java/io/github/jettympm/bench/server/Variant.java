package io.github.jettympm.bench.server;

/** What a server is started for. */
public enum Variant {
    /** HTTP/1.1 in clear text. */
    PLAIN,
    /** HTTP/1.1 in clear text and over TLS 1.3. */
    TLS,
    /** HTTP/1.1 and HTTP/2 in clear text. */
    HTTP2,
    /** HTTP/1.1 in clear text, with a heap of 256 MB. */
    SMALL_HEAP,
    /** HTTP/1.1 in clear text, with the options of the virtual machine that each server has by itself. */
    OWN_OPTIONS
}
