package io.github.jettympm.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Runs something in a new thread. */
public final class Background {
    private Background() {}

    public static <T> CompletableFuture<T> run(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
