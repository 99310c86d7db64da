package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(8)
class TenureTest {
    private final Tenure tenure = new Tenure(false);

    @Test
    void watcherTakesTheLoopInTheRequestThatItHasSeenTwice() {
        tenure.begin();

        assertEquals(Tenure.Look.BUSY, tenure.look());
        assertEquals(Tenure.Look.STUCK, tenure.look());
        assertTrue(tenure.loseIfStuck());
        assertFalse(tenure.end());
        assertFalse(tenure.lasts());
    }

    @Test
    void watcherComesTooLateForARequestThatIsOver() {
        tenure.begin();
        tenure.look();
        tenure.look();

        assertTrue(tenure.end());
        assertFalse(tenure.loseIfStuck());
        assertTrue(tenure.lasts());
    }

    @Test
    void watcherDoesNotTakeTheNextRequestForTheLast() {
        tenure.begin();
        tenure.look();
        tenure.end();
        tenure.begin();

        assertEquals(Tenure.Look.BUSY, tenure.look());
    }

    @Test
    void holderThatIsInNoRequestIsIdle() {
        assertEquals(Tenure.Look.IDLE, tenure.look());
        assertFalse(tenure.loseIfStuck());

        tenure.begin();
        tenure.end();
        assertEquals(Tenure.Look.BUSY, tenure.look());
        assertEquals(Tenure.Look.IDLE, tenure.look());
        assertFalse(tenure.loseIfStuck());
    }

    @Test
    void holderThatWaitsInARequestIsStuckAtTheFirstLook() throws Exception {
        var begun = new CompletableFuture<Tenure>();
        var over = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            Tenure own = new Tenure(false);
            own.begin();
            begun.complete(own);
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        holder.start();
        Tenure waiting = begun.get();
        while (holder.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertEquals(Tenure.Look.STUCK, waiting.look());

        over.countDown();
        holder.join();
    }

    @Test
    void threadThatHasLostTheLoopMayTakeItUpAgain() {
        tenure.lose();
        assertFalse(tenure.lasts());

        tenure.regain();

        assertTrue(tenure.lasts());
        tenure.begin();
        assertTrue(tenure.end());
    }

    @Test
    void threadLosesItOnlyInARequestWhenItSaysThatItBlocks() {
        assertFalse(tenure.loseIfInRequest());

        tenure.begin();
        assertTrue(tenure.loseIfInRequest());
        assertFalse(tenure.loseIfInRequest());
        assertFalse(tenure.end());
    }

    @Test
    void otherThreadsCannotSayThatItBlocks() throws Exception {
        tenure.begin();

        assertFalse(CompletableFuture.supplyAsync(tenure::loseIfInRequest).get());
    }

    @Test
    void afterALostRequestAnotherOneMayBegin() {
        tenure.begin();
        tenure.loseIfInRequest();
        tenure.end();

        tenure.regain();
        tenure.begin();

        assertTrue(tenure.end());
    }
}
