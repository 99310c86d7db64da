package io.github.jettympm.supervisor;

import static io.github.jettympm.supervisor.Pools.child;
import static io.github.jettympm.supervisor.Pools.idleFor;
import static io.github.jettympm.supervisor.Pools.of;
import static io.github.jettympm.supervisor.Pools.outdated;
import static io.github.jettympm.supervisor.Pools.standIn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplacementTest {
    private final Replacement one = new Replacement(1);

    private static Replacement.Step step(int start, List<Integer> settled, List<Integer> retire) {
        return new Replacement.Step(start, settled, retire);
    }

    @Test
    void nothingIsDoneWhenNothingIsOutdated() {
        assertEquals(step(0, List.of(), List.of()), one.plan(of(child(0, '_'), child(1, 'W'), child(2, 'S'))));
    }

    @Test
    void standInStartsBeforeAnyEnds() {
        assertEquals(step(1, List.of(), List.of()), one.plan(of(outdated(0, '_'), outdated(1, 'W'))));
        assertEquals(step(0, List.of(), List.of()), one.plan(of(outdated(0, '_'), outdated(1, 'W'), standIn(2, 'S'))));
    }

    @Test
    void oneEndsForEachStandInThatIsReadyAndTheNextStandInStarts() {
        Snapshot ready = of(outdated(0, 'W'), outdated(1, '_'), outdated(2, 'W'), standIn(3, '_'));

        assertEquals(step(1, List.of(3), List.of(1)), one.plan(ready));
    }

    @Test
    void standInMayBeBusyAlready() {
        assertEquals(step(0, List.of(1), List.of(0)), one.plan(of(outdated(0, 'W'), standIn(1, 'W'))));
    }

    @Test
    void theOneThatIsIdleForLongestEndsFirst() {
        ChildView longIdle = new ChildView(2, Phase.IDLE, false, true, Duration.ofSeconds(9), 1);

        assertEquals(
                List.of(2),
                one.plan(of(outdated(0, 'W'), outdated(1, '_'), longIdle, standIn(3, '_'), idleFor(4, 20)))
                        .retire());
    }

    @Test
    void severalMayBeReplacedAtOnce() {
        Replacement three = new Replacement(3);

        assertEquals(2, three.plan(of(outdated(0, 'W'), outdated(1, 'W'))).start());
        assertEquals(
                2,
                three.plan(of(outdated(0, 'W'), outdated(1, 'W'), outdated(2, 'W'), outdated(3, 'W'), standIn(4, 'S')))
                        .start());
    }

    @Test
    void standInOfOneThatHasDiedMeanwhileStays() {
        assertEquals(step(0, List.of(1), List.of()), one.plan(of(child(0, '_'), standIn(1, '_'))));
    }

    @Test
    void standInsBeyondThoseThatAreOutdatedHaveNobodyToTakeThePlaceOf() {
        assertEquals(List.of(1), one.withoutCounterpart(of(child(0, '_'), standIn(1, 'S'))));
        assertEquals(
                List.of(3),
                one.withoutCounterpart(of(outdated(0, 'W'), standIn(1, 'S'), child(2, 'W'), standIn(3, 'S'))));
        assertEquals(List.of(1), one.withoutCounterpart(of(outdated(0, 'G'), standIn(1, '_'))));
        assertEquals(List.of(), one.withoutCounterpart(of(outdated(0, 'W'), standIn(1, 'S'))));
    }

    @Test
    void oneThatStartsOrEndsIsLeftAlone() {
        assertEquals(step(0, List.of(), List.of()), one.plan(of(outdated(0, 'S'), outdated(1, 'G'))));
    }

    @Test
    void standInNeedsASlot() {
        assertEquals(0, one.plan(new Snapshot(List.of(outdated(0, '_')), 0, 0)).start());
    }
}
