package io.github.jettympm.status;

import java.nio.charset.Charset;

/** A form in which a status is written: a function without clock, file or socket. */
interface Rendering {
    /** Media type with its parameters. */
    String contentType();

    /** How the text is encoded. */
    Charset charset();

    /** Writes it. */
    String render(Status status);
}
