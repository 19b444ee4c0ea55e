package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.diagnostic.SourcePosition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what is known of the arguments at one place of a call. The order does not matter. */
public final class ArgumentSum {
    private final TreeMap<ArgumentTuple, Sighting> seen = new TreeMap<>();
    private long unknown;
    private @Nullable SourcePosition unknownAt;
    private boolean more;

    /** These values were seen, too. */
    @CanIgnoreReturnValue
    public ArgumentSum add(ArgumentValues values) {
        if (values.more()) {
            return addMore();
        }
        for (Map.Entry<ArgumentTuple, Sighting> each : values.seen().entrySet()) {
            add(each.getKey(), each.getValue());
        }
        if (values.unknownAt().isPresent()) {
            addUnknown(values.unknown(), values.unknownAt().get());
        }
        return this;
    }

    /** This tuple was seen, too. */
    public void add(ArgumentTuple tuple, Sighting sighting) {
        if (more) {
            return;
        }
        Sighting known = seen.get(tuple);
        seen.put(tuple, known == null ? sighting : known.plus(sighting));
        if (seen.size() > ArgumentValues.LIMIT) {
            addMore();
        }
    }

    /** So many calls, of which this is the first, do not say their values. */
    @CanIgnoreReturnValue
    public ArgumentSum addUnknown(long calls, SourcePosition first) {
        if (!more) {
            SourcePosition known = unknownAt;
            unknown += calls;
            unknownAt = known == null || first.compareTo(known) < 0 ? first : known;
        }
        return this;
    }

    /** There were more tuples than are kept. */
    @CanIgnoreReturnValue
    public ArgumentSum addMore() {
        more = true;
        seen.clear();
        unknown = 0;
        unknownAt = null;
        return this;
    }

    /** All of it. */
    public ArgumentValues total() {
        return more
                ? ArgumentValues.MORE
                : new ArgumentValues(
                        ImmutableSortedMap.copyOfSorted(seen), unknown, Optional.ofNullable(unknownAt), false);
    }
}
