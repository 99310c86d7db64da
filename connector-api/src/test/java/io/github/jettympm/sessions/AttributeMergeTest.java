package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AttributeMergeTest {
    private final AttributeMerge merge = new AttributeMerge(Objects::equals);

    @Test
    void whatTwoRequestsHaveChangedIsKeptOfBoth() {
        Map<String, Object> base = Map.of("user", "ann", "cart", 1);

        var merged = merge.merge(base, Map.of("user", "ann", "cart", 2), Map.of("user", "ann", "cart", 1, "seen", 3));

        assertEquals(Map.of("user", "ann", "cart", 2, "seen", 3), merged);
    }

    @Test
    void whatBothHaveChangedIsOfTheLater() {
        var merged = merge.merge(Map.of("cart", 1), Map.of("cart", 2), Map.of("cart", 3));

        assertEquals(Map.of("cart", 2), merged);
    }

    @Test
    void whatEitherHasRemovedIsGone() {
        Map<String, Object> base = Map.of("here", 1, "there", 1, "kept", 1);

        var merged = merge.merge(base, Map.of("there", 1, "kept", 1), Map.of("here", 1, "kept", 1));

        assertEquals(Map.of("kept", 1), merged);
    }

    @Test
    void whatHasNotChangedHereDoesNotComeBack() {
        var merged = merge.merge(Map.of("user", "ann"), Map.of("user", "ann", "seen", 1), Map.of());

        assertEquals(Map.of("seen", 1), merged);
    }
}
