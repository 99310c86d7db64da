package io.github.jettympm.sessions;

/**
 * An operator's consent, as a bean of the server, that each process keeps sessions in its own memory. Without it {@link
 * SessionSharing} refuses sessions that only one of several processes would see.
 */
public final class SessionsInMemory {
    /** Makes the bean; to be added to the server before it starts. */
    public SessionsInMemory() {}
}
