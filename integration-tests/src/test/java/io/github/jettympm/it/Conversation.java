package io.github.jettympm.it;

/** What a visitor does; it checks by itself what has to be true of every server. */
@FunctionalInterface
interface Conversation {
    void with(Visit visit) throws Exception;
}
