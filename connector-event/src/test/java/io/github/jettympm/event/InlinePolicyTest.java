package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InlinePolicyTest {
    private static final long SHORT = InlinePolicy.SHORT_NANOS - 1;
    private static final long LONG = InlinePolicy.SHORT_NANOS;

    private static final long BRIEF = InlinePolicy.BRIEF_NANOS - 1;
    private static final long NOT_BRIEF = InlinePolicy.BRIEF_NANOS;

    private final InlinePolicy policy = new InlinePolicy();

    private void becomeEager() {
        for (int i = 0; i < 4; i++) {
            policy.wasStuck();
        }
    }

    private void runElsewhere(int requests, long nanos) {
        for (int i = 0; i < requests; i++) {
            policy.ranElsewhere(nanos);
        }
    }

    @Test
    void beginsInline() {
        assertTrue(policy.runsInline());
    }

    @Test
    void threeLongRequestsInARowChangeNothing() {
        policy.ranInline(LONG);
        policy.ranInline(LONG);
        policy.ranInline(LONG);

        assertTrue(policy.runsInline());
    }

    @Test
    void fourLongRequestsInARowMakeItEager() {
        for (int i = 0; i < 4; i++) {
            policy.ranInline(LONG);
        }

        assertFalse(policy.runsInline());
    }

    @Test
    void requestThatWasStuckCountsAsLong() {
        policy.ranInline(LONG);
        policy.ranInline(LONG);
        policy.wasStuck();
        policy.wasStuck();

        assertFalse(policy.runsInline());
    }

    @Test
    void oneLongRequestInFiveIsBorne() {
        for (int i = 0; i < 1_000; i++) {
            policy.ranInline(i % 5 == 0 ? LONG : SHORT);
        }

        assertTrue(policy.runsInline());
    }

    @Test
    void oneLongRequestInFourIsNot() {
        for (int i = 0; i < 1_000; i++) {
            policy.ranInline(i % 4 == 0 ? LONG : SHORT);
        }

        assertFalse(policy.runsInline());
    }

    @Test
    void oneStuckRequestInAHundredIsBorne() {
        for (int i = 0; i < 10_000; i++) {
            if (i % 100 == 0) {
                policy.wasStuck();
            } else {
                policy.ranInline(SHORT);
            }
        }

        assertTrue(policy.runsInline());
    }

    @Test
    void shortRequestsBringItBackInline() {
        becomeEager();

        runElsewhere(InlinePolicy.PROOF - 1, SHORT);
        assertFalse(policy.runsInline());
        runElsewhere(1, SHORT);
        assertTrue(policy.runsInline());
    }

    @Test
    void longRequestTakesFourShortOnesMore() {
        becomeEager();

        runElsewhere(InlinePolicy.PROOF - 1, SHORT);
        runElsewhere(1, LONG);
        runElsewhere(InlinePolicy.WEIGHT_OF_LONG, SHORT);
        assertFalse(policy.runsInline());
        runElsewhere(1, SHORT);
        assertTrue(policy.runsInline());
    }

    @Test
    void longRequestsKeepItEager() {
        becomeEager();

        for (int i = 0; i < 1_000; i++) {
            policy.ranElsewhere(i % 4 == 0 ? LONG : SHORT);
        }

        assertFalse(policy.runsInline());
    }

    @Test
    void itStartsAfreshWhenItIsInlineAgain() {
        becomeEager();
        runElsewhere(InlinePolicy.PROOF, SHORT);

        policy.ranInline(LONG);
        policy.ranInline(LONG);
        policy.ranInline(LONG);

        assertTrue(policy.runsInline());
    }

    @Test
    void longRequestsThatBeganBeforeItBecameInlineDoNotCount() {
        becomeEager();
        runElsewhere(InlinePolicy.PROOF, SHORT);

        runElsewhere(100, LONG);

        assertTrue(policy.runsInline());
    }

    private void runInline(int requests, long nanos) {
        for (int i = 0; i < requests; i++) {
            policy.ranInline(nanos);
        }
    }

    @Test
    void requestsAreTakenForBriefAtFirst() {
        assertTrue(policy.areBrief());
    }

    @Test
    void ifMostAreNotBriefNoneWaitsBehindAnother() {
        runInline(InlinePolicy.INERTIA / 2, NOT_BRIEF);
        assertTrue(policy.areBrief());

        runInline(1, NOT_BRIEF);

        assertFalse(policy.areBrief());
        assertTrue(policy.runsInline());
    }

    @Test
    void aFewThatAreNotBriefChangeNothing() {
        for (int i = 0; i < 100; i++) {
            runInline(1, NOT_BRIEF);
            runInline(1, BRIEF);
        }

        assertTrue(policy.areBrief());
    }

    @Test
    void whenMostAreBriefAgainTheyRunOneAfterTheOther() {
        runInline(100, NOT_BRIEF);

        runInline(InlinePolicy.INERTIA / 2, BRIEF);

        assertTrue(policy.areBrief());
    }
}
