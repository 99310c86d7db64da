package io.github.jettympm.supervisor;

import static io.github.jettympm.supervisor.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.SpareThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleMaintenanceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MIN = 2;
    private static final int MAX = 4;

    private long now = Long.MAX_VALUE - SECOND; // the clock may overflow

    private static IdleMaintenance maintenance(int start, int workers) {
        return new IdleMaintenance(Pools.size(ProcessManagement.DYNAMIC, start, MIN, MAX, workers));
    }

    /** One that has started its first children already. */
    private static IdleMaintenance begun(int workers) {
        IdleMaintenance maintenance = maintenance(1, workers);
        maintenance.plan(pool("__"), 0);
        return maintenance;
    }

    private int started(IdleMaintenance maintenance, String letters) {
        return maintenance.plan(pool(letters), now).start();
    }

    private List<Integer> retired(IdleMaintenance maintenance, String letters) {
        return maintenance.plan(pool(letters), now).retire();
    }

    @Test
    void pilotStartsAloneAndTheOthersFollowAtOnce() {
        IdleMaintenance maintenance = maintenance(10, 50);

        assertEquals(1, started(maintenance, ""));
        assertEquals(0, started(maintenance, "S"));
        assertEquals(9, started(maintenance, "_"));
    }

    @Test
    void nothingIsDoneBetweenTheLimits() {
        for (String letters : List.of("__", "___", "____", "WW__WW", "WW____")) {
            assertEquals(Plan.NOTHING, begun(50).plan(pool(letters), now), letters);
        }
    }

    @Test
    void twiceAsManyStartInEachSecondAsLongAsThereAreTooFew() {
        IdleMaintenance maintenance = new IdleMaintenance(Pools.size(ProcessManagement.DYNAMIC, 1, 200, 200, 500));
        String busy = "W".repeat(200);
        maintenance.plan(pool("_".repeat(200)), 0);

        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 32}) {
            assertEquals(expected, started(maintenance, busy));
            assertEquals(0, started(maintenance, busy), "in the same second");
            now += SECOND;
        }
    }

    @Test
    void rateBeginsAnewWhenThereWereEnough() {
        IdleMaintenance maintenance = begun(50);
        assertEquals(1, started(maintenance, "WWWW_"));
        now += SECOND;
        assertEquals(2, started(maintenance, "WWWWWW"));
        now += SECOND;
        assertEquals(0, started(maintenance, "WWWW__"));

        assertEquals(1, started(maintenance, "WWWWWW"));
    }

    @Test
    void noMoreStartThanAreMissing() {
        IdleMaintenance maintenance = begun(50);
        started(maintenance, "WW");
        now += SECOND;

        assertEquals(1, started(maintenance, "WWW_"));
    }

    @Test
    void startingChildCountsAsIdle() {
        IdleMaintenance maintenance = begun(50);

        assertEquals(1, started(maintenance, "WWWS"));
        now += SECOND;
        assertEquals(0, started(maintenance, "WWWSS"));
    }

    @Test
    void standInDoesNotCountAsIdle() {
        Snapshot pool = Pools.of(Pools.child(0, 'W'), Pools.child(1, '_'), Pools.standIn(2, 'S'));

        assertEquals(1, begun(50).plan(pool, now).start());
    }

    @Test
    void connectionsThatWaitCountAsMissing() {
        IdleMaintenance maintenance = begun(50);
        maintenance.plan(pool("WWSS", 5), now);
        now += SECOND;

        assertEquals(2, maintenance.plan(pool("WWSSS", 5), now).start());
    }

    @Test
    void connectionsDoNotWaitLongForAnIdleChild() {
        assertEquals(0, begun(50).plan(pool("WW__", 5), now).start());
    }

    @Test
    void oneEndsInASecondWhenTooManyAreIdle() {
        IdleMaintenance maintenance = begun(50);

        assertEquals(List.of(1), retired(maintenance, "W______"));
        assertEquals(List.of(), retired(maintenance, "WG_____"));
        now += SECOND;
        assertEquals(List.of(2), retired(maintenance, "WG_____"));
        now += SECOND;
        assertEquals(List.of(), retired(maintenance, "WGG____"));
    }

    @Test
    void outdatedOneEndsFirstAndThenTheOneThatIsIdleForLongest() {
        ChildView busyOutdated = Pools.outdated(4, 'W');
        Snapshot outdated = Pools.of(
                Pools.idleFor(0, 1),
                Pools.idleFor(1, 9),
                Pools.idleFor(2, 3),
                Pools.outdated(3, '_'),
                busyOutdated,
                Pools.idleFor(5, 1));
        Snapshot current = Pools.of(
                Pools.idleFor(0, 1),
                Pools.idleFor(1, 9),
                Pools.idleFor(2, 3),
                Pools.idleFor(3, 1),
                Pools.idleFor(4, 1));

        assertEquals(List.of(3), begun(50).plan(outdated, now).retire());
        assertEquals(List.of(1), begun(50).plan(current, now).retire());
    }

    @Test
    void startingChildIsNotEnded() {
        assertEquals(List.of(), retired(begun(50), "SSSSSS"));
    }

    @Test
    void limitIsReportedOnceWithNumbersAndRemedy() {
        IdleMaintenance maintenance = begun(4);

        Plan plan = maintenance.plan(pool("WWWWG", 7), now);

        assertEquals(0, plan.start());
        assertEquals(
                "there are as many children as jetty.test.maxRequestWorkers=4 allows: 4 children, 0 of them idle,"
                        + " 1 more that end, and 7 connections that wait; raise it if there is memory for more",
                plan.report().orElseThrow());
        now += SECOND;
        assertEquals(Plan.limited(Optional.empty()), maintenance.plan(pool("WWWWG", 7), now));
    }

    /** With as many idle ones as there may be children at all, the first connection would use the message up. */
    @Test
    void fewerIdleChildrenThanWantedAreNoReasonToReportTheLimit() {
        IdleMaintenance maintenance = begun(4);

        assertEquals(Plan.limited(Optional.empty()), maintenance.plan(pool("WWW_"), now));
        assertTrue(maintenance.plan(pool("WWWW", 1), now).report().isPresent());
    }

    @Test
    void eachLimitHasAMessageOfItsOwn() {
        IdleMaintenance maintenance = begun(20);
        Snapshot full = new Snapshot(pool("WWGG", 1).children(), 0, 1);

        assertTrue(maintenance.plan(full, now).report().isPresent());
        assertEquals(Plan.limited(Optional.empty()), maintenance.plan(full, now));
        assertTrue(maintenance.plan(pool("W".repeat(20)), now).report().isPresent());
    }

    @Test
    void lackOfSlotsIsAnotherLimit() {
        Snapshot full = new Snapshot(pool("WWGG", 1).children(), 0, 1);

        String report = begun(20).plan(full, now).report().orElseThrow();

        assertTrue(report.contains("jetty.test.serverLimit=25 allows: 2 children, 0 of them idle, 2 more"), report);
    }

    @Test
    void noMoreStartThanThereIsRoomFor() {
        IdleMaintenance maintenance = begun(5);
        started(maintenance, "WWW");
        now += SECOND;

        assertEquals(1, started(maintenance, "WWWW"));
    }

    @Test
    void oneTriesAgainWhenAllHaveDied() {
        IdleMaintenance maintenance = begun(50);

        assertEquals(1, started(maintenance, "GG"));
        now += SECOND;
        assertEquals(0, started(maintenance, "GGS"));
    }

    /** Of 4 threads for each child, 6 to 12 idle. */
    private static IdleMaintenance ofThreads(int workers) {
        var size = PoolSize.ofThreads("jetty.test", 1, new SpareThreads(4, 6, 12), workers, -1);
        IdleMaintenance maintenance = new IdleMaintenance(size.resolve(1));
        maintenance.plan(Pools.of(Pools.threads(0, 4), Pools.threads(1, 4)), 0);
        return maintenance;
    }

    @Test
    void childrenStartWhenTooFewThreadsAreIdle() {
        assertEquals(Plan.NOTHING, ofThreads(40).plan(Pools.of(Pools.threads(0, 2), Pools.threads(1, 4)), now));
        assertEquals(
                1,
                ofThreads(40)
                        .plan(Pools.of(Pools.threads(0, 1), Pools.threads(1, 4)), now)
                        .start());
    }

    @Test
    void asManyStartAsBringTheThreadsThatAreMissing() {
        IdleMaintenance maintenance = ofThreads(40);
        ChildView[] busy = {Pools.threads(0, 0), Pools.threads(1, 0), Pools.child(2, 'S')};
        maintenance.plan(Pools.of(busy), now); // 2 threads are missing
        now += SECOND;

        Snapshot waiting = new Snapshot(List.of(busy), 100, 3);

        assertEquals(2, maintenance.plan(waiting, now).start()); // 2 threads, and 3 connections that wait
    }

    @Test
    void childWithMostIdleThreadsEndsWhenTooManyAreIdleButNoneWhileAnotherEnds() {
        IdleMaintenance maintenance = ofThreads(40);
        ChildView[] idle = {Pools.threads(0, 3), Pools.threads(1, 4), Pools.threads(2, 3), Pools.threads(3, 3)};
        ChildView[] andOneThatEnds = {idle[0], idle[2], idle[3], Pools.threads(4, 4), Pools.child(1, 'G')};

        assertEquals(List.of(1), maintenance.plan(Pools.of(idle), now).retire());
        now += SECOND;
        assertEquals(List.of(), maintenance.plan(Pools.of(andOneThatEnds), now).retire());
    }

    @Test
    void limitOfThreadsIsReportedAsItWasSet() {
        IdleMaintenance maintenance = ofThreads(8);
        Snapshot near = Pools.of(Pools.threads(0, 0), Pools.threads(1, 1));
        Snapshot full = Pools.of(Pools.threads(0, 0), Pools.threads(1, 0));

        assertEquals(
                "fewer than jetty.test.minSpareThreads=6 threads are idle, and there are as many children as"
                        + " jetty.test.maxRequestWorkers=8 allows: 2 children with 1 idle threads of 4 in each, 1 of them"
                        + " idle, 0 more that end, and 0 connections that wait; raise it if there is memory for more",
                maintenance.plan(near, now).report().orElseThrow());
        assertEquals(Plan.limited(Optional.empty()), maintenance.plan(near, now));
        assertEquals(
                "there are as many children as jetty.test.maxRequestWorkers=8 allows: 2 children with 0 idle threads of 4"
                        + " in each, 0 of them idle, 0 more that end, and 0 connections that wait; raise it if there is"
                        + " memory for more",
                maintenance.plan(full, now).report().orElseThrow());
    }
}
