package io.github.jettympm.bench.measure;

/**
 * What the processes of a server hold.
 *
 * @param resident bytes, pages that several processes share counted for each
 * @param proportional bytes, pages that several processes share divided between them
 */
public record Memory(long resident, long proportional) {}
