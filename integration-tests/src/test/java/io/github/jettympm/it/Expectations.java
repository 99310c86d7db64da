package io.github.jettympm.it;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the stock connector answers: recorded once per test run, when the first connector is compared with it, from
 * servers that live until the run ends.
 */
final class Expectations implements AutoCloseable {
    private final Map<Site, OpenSite> sites = new EnumMap<>(Site.class);
    private final Map<String, List<String>> recorded = new HashMap<>();

    /** Has the conversation with the stock connector unless that has been done under this name. */
    synchronized List<String> of(Site site, String name, Conversation conversation) throws Exception {
        var key = site + "." + name;
        if (!recorded.containsKey(key)) {
            var visit = site(site).visit();
            conversation.with(visit);
            recorded.put(key, visit.transcript().lines());
        }
        return recorded.get(key);
    }

    @Override
    public synchronized void close() {
        var failures = new IllegalStateException("servers of the stock connector did not stop");
        for (var site : sites.values()) {
            try {
                site.close();
            } catch (IllegalStateException e) {
                failures.addSuppressed(e);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    private OpenSite site(Site site) throws Exception {
        if (!sites.containsKey(site)) {
            sites.put(site, site.open(Model.STOCK, "expected"));
        }
        return sites.get(site);
    }

    /** Hands the same expectations to all test classes of a run. */
    static final class Resolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Expectations.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Expectations.class))
                    .computeIfAbsent(Expectations.class, key -> new Expectations());
        }
    }
}
