package io.github.jettympm.supervisor;

import java.time.Duration;

/** A child as its parent sees it. As it sees itself, it is a {@code ChildLife}. */
final class ChildHandle {
    private final int slot;
    private final Process process;
    private final long bornAt;
    private boolean everReady;

    ChildHandle(int slot, Process process, long bornAt) {
        this.slot = slot;
        this.process = process;
        this.bornAt = bornAt;
    }

    int slot() {
        return slot;
    }

    Process process() {
        return process;
    }

    boolean everReady() {
        return everReady;
    }

    void becameReady() {
        everReady = true;
    }

    boolean isOverdue(Duration startTimeout, long now) {
        return !everReady && now - bornAt > startTimeout.toNanos();
    }

    Duration age(long now) {
        return Duration.ofNanos(now - bornAt);
    }

    @Override
    public String toString() {
        return "child " + process.pid() + " (slot " + slot + ")";
    }
}
