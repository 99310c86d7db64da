package io.github.jettympm.sessions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What becomes of a session that two requests have changed at once in different processes: attribute by attribute the
 * changes of both, and of an attribute that both have changed the later. So the outcome is the one that threads of a
 * single process with the session in common would have come to.
 */
final class AttributeMerge {
    private final BiPredicate<Object, Object> same;

    /** @param same whether two values, of which either may be null for absent, are equal */
    AttributeMerge(BiPredicate<Object, Object> same) {
        this.same = same;
    }

    /**
     * Brings changes into what somebody else has stored.
     *
     * @param base what both began with
     * @param mine what has become of it here
     * @param theirs what has become of it in the store
     */
    Map<String, Object> merge(Map<String, Object> base, Map<String, Object> mine, Map<String, Object> theirs) {
        Map<String, Object> merged = new HashMap<>(theirs);
        Set<String> names = new HashSet<>(base.keySet());
        names.addAll(mine.keySet());
        for (String name : names) {
            if (!same.test(base.get(name), mine.get(name))) {
                put(merged, name, mine.get(name));
            }
        }
        return merged;
    }

    private static void put(Map<String, Object> attributes, String name, Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }
}
