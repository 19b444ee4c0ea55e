package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a profile without conditions decides, by name.
 *
 * @param byDefault about calls that are not listed
 * @param others about those that are: never the default
 */
record Decisions(Decision byDefault, ImmutableSortedMap<String, Decision> others) {

    /** A rule that says what the default says is skipped, and of the others the first wins; see {@link Profile#decide}. */
    static Decisions of(Profile profile) {
        Decision byDefault = profile.defaultDecision();
        Map<String, Decision> others = new TreeMap<>();
        for (Rule rule : profile.rules()) {
            if (!rule.decision().equals(byDefault)) {
                rule.names().forEach(name -> others.putIfAbsent(name, rule.decision()));
            }
        }
        return new Decisions(byDefault, ImmutableSortedMap.copyOf(others));
    }

    Decision of(String name) {
        return others.getOrDefault(name, byDefault);
    }

    /** Whether calls that are not listed run. */
    boolean permitsOthers() {
        return byDefault.action().permits();
    }

    /** The listed calls with this action. */
    ImmutableSortedSet<String> named(Action action) {
        return others.entrySet().stream()
                .filter(entry -> entry.getValue().action() == action)
                .map(Map.Entry::getKey)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }
}
