package io.github.strait.observation;

import com.google.common.base.Preconditions;
import io.github.strait.diagnostic.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * How often something was seen.
 *
 * @param count at least 1
 * @param first where it was first seen
 */
public record Sighting(long count, SourcePosition first) {
    public Sighting {
        Preconditions.checkArgument(count > 0, "what was never seen is not a sighting");
    }

    /** Both together. */
    public Sighting plus(Sighting other) {
        return new Sighting(count + other.count, first.compareTo(other.first) <= 0 ? first : other.first);
    }

    // hand-written: a record's generated methods are linked on first use, which slows start-up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sighting that && count == that.count && first.equals(that.first);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count);
    }
}
