package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.util.Collection;
import java.util.List;

/**
 * How complete the evidence of one run is, as the trace itself shows it. Some gaps leave no sign, such as calls of a
 * server that {@code -e trace=!NAME} left out.
 *
 * @param tasks how many tasks have lines
 * @param signs what is missing, and where that shows; empty for a whole run
 * @param warnings other warnings given when the trace was read, verbatim
 */
public record Completeness(long tasks, ImmutableSortedMap<Omission, Sign> signs, ImmutableList<Diagnostic> warnings) {
    /** Warnings of one run that are kept; a forged trace can cause any number. */
    static final int WARNINGS = 100;

    /**
     * Where an omission shows.
     *
     * @param what a tid, a name or a reason, as the omission needs it; may be empty
     */
    public record Place(SourcePosition at, String what) {}

    /**
     * The signs of one omission.
     *
     * @param count how often it shows
     * @param first the first places, at least one and at most {@value #PLACES}
     */
    public record Sign(long count, ImmutableList<Place> first) {
        /** Places that are kept. */
        public static final int PLACES = 3;

        /** A sign; only the first places are kept. */
        public static Sign of(long count, List<Place> places) {
            return new Sign(count, ImmutableList.copyOf(places.subList(0, Math.min(places.size(), PLACES))));
        }

        /** The first of them. */
        public Place place() {
            return first.get(0);
        }
    }

    /** Whether the trace shows no sign that anything is missing. */
    public boolean isWhole() {
        return signs.isEmpty();
    }

    /** The same with more warnings, none of them about omissions. */
    public Completeness with(Collection<Diagnostic> more) {
        ImmutableList<Diagnostic> all = ImmutableList.<Diagnostic>builder()
                .addAll(warnings)
                .addAll(more)
                .build();
        return new Completeness(tasks, signs, all.subList(0, Math.min(all.size(), WARNINGS)));
    }
}
