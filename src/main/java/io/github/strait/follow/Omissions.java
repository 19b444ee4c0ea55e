package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import io.github.strait.observation.Omission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The omissions of a run: how often each shows, and where first. The watchers that add to it see only parsed lines,
 * which are few: those that begin tasks, or whose text may show something.
 */
final class Omissions {
    private final Map<Omission, Long> counts = new EnumMap<>(Omission.class);
    private final Map<Omission, List<Place>> places = new EnumMap<>(Omission.class);
    private final Map<Omission, Sign> signs = new EnumMap<>(Omission.class);

    /**
     * An omission shows once more.
     *
     * @param what a tid, a name or a reason; see {@link Place}
     */
    void add(Omission omission, SourcePosition at, String what) {
        counts.merge(omission, 1L, Long::sum);
        List<Place> known = places.computeIfAbsent(omission, key -> new ArrayList<>());
        if (known.size() < Sign.PLACES) {
            known.add(new Place(at, what));
        }
    }

    /** All that shows an omission. */
    void put(Omission omission, Sign sign) {
        signs.put(omission, sign);
    }

    boolean has(Omission omission) {
        return places.containsKey(omission) || signs.containsKey(omission);
    }

    /** Withdraws an omission whose sign turned out to be harmless. */
    void remove(Omission omission) {
        places.remove(omission);
    }

    /** An omission that was added concerns so many tasks, however often it showed. */
    void count(Omission omission, int tasks) {
        int shown = places.getOrDefault(omission, List.of()).size();
        counts.put(omission, (long) Math.max(tasks, shown));
    }

    /**
     * All of it.
     *
     * @param tasks how many tasks have lines
     * @param warnings what else there is to say of the run
     */
    Completeness completeness(long tasks, List<Diagnostic> warnings) {
        places.forEach((omission, first) -> signs.put(omission, Sign.of(counts.getOrDefault(omission, 0L), first)));
        return new Completeness(tasks, ImmutableSortedMap.copyOf(signs), ImmutableList.of()).with(warnings);
    }
}
