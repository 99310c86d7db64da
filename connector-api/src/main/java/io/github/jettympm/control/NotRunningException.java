package io.github.jettympm.control;

import java.io.IOException;

/** There is no server to talk to. */
final class NotRunningException extends IOException {
    private static final long serialVersionUID = 1L;

    NotRunningException(String message) {
        super(message);
    }
}
