package io.github.strait.observation;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the arguments at one place of a call, on one ABI. Every call has a tuple or counts as unknown, unless
 * there were {@code more} tuples than are kept: then nothing else is said, whatever is added.
 *
 * @param seen the tuples, how often each was seen and where first; at most {@value #LIMIT}
 * @param unknown how many calls do not say their values
 * @param unknownAt the first of those
 * @param more whether there were more tuples than that
 */
public record ArgumentValues(
        ImmutableSortedMap<ArgumentTuple, Sighting> seen,
        long unknown,
        Optional<SourcePosition> unknownAt,
        boolean more) {
    /** The most tuples that are kept. */
    public static final int LIMIT = 64;

    /** More tuples than are kept. */
    public static final ArgumentValues MORE = new ArgumentValues(ImmutableSortedMap.of(), 0, Optional.empty(), true);

    public ArgumentValues {
        Preconditions.checkArgument(unknown >= 0, "fewer than no calls are unknown");
        Preconditions.checkArgument(unknown > 0 == unknownAt.isPresent(), "unknown calls have a first one");
        Preconditions.checkArgument(seen.size() <= LIMIT, "too many tuples");
        Preconditions.checkArgument(!more || (seen.isEmpty() && unknown == 0), "nothing else is said with more");
    }

    /** How many calls these are; 0 when there were {@code more}. */
    public long count() {
        return known() + unknown;
    }

    /** How many calls say their values. */
    public long known() {
        long sum = 0;
        for (Sighting each : seen.values()) {
            sum += each.count();
        }
        return sum;
    }

    /** Both together. */
    public ArgumentValues plus(ArgumentValues other) {
        return new ArgumentSum().add(this).add(other).total();
    }

    /**
     * The same, seen at other positions.
     *
     * @param map asked for those of the tuples in their order, then for that of the first unknown call
     */
    ArgumentValues at(UnaryOperator<SourcePosition> map) {
        ImmutableSortedMap.Builder<ArgumentTuple, Sighting> moved = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<ArgumentTuple, Sighting> each : seen.entrySet()) {
            Sighting sighting = each.getValue();
            moved.put(each.getKey(), new Sighting(sighting.count(), map.apply(sighting.first())));
        }
        return new ArgumentValues(moved.build(), unknown, unknownAt.map(map), more);
    }

    /** The positions, in the order of {@link #at}. */
    List<SourcePosition> positions() {
        List<SourcePosition> all = new ArrayList<>();
        for (Sighting each : seen.values()) {
            all.add(each.first());
        }
        unknownAt.ifPresent(all::add);
        return all;
    }

    // hand-written: a record's generated methods take several times as long, and SharedRows looks each row up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArgumentValues that
                && unknown == that.unknown
                && more == that.more
                && seen.equals(that.seen)
                && unknownAt.equals(that.unknownAt);
    }

    @Override
    public int hashCode() {
        return 31 * seen.hashCode() + Long.hashCode(unknown);
    }
}
