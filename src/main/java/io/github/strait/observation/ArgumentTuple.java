package io.github.strait.observation;

import com.google.common.base.Preconditions;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of the arguments that one place of a call names, each cut to the bits that the kernel reads; a pointer is 0
 * or 1. Ordered by value, without sign.
 *
 * @param values at least one and at most {@value #LENGTH}
 */
public record ArgumentTuple(ImmutableList<Long> values) implements Comparable<ArgumentTuple> {
    /** As many as a call has registers. */
    public static final int LENGTH = 6;

    private static final int HEXADECIMAL = 16;
    private static final Pattern TEXT = Pattern.compile("(0|[1-9a-f][0-9a-f]{0,15})( (0|[1-9a-f][0-9a-f]{0,15})){0,5}");

    public ArgumentTuple {
        Preconditions.checkArgument(!values.isEmpty() && values.size() <= LENGTH, "a call has 1 to 6 arguments");
    }

    /** A tuple of these values. */
    public static ArgumentTuple of(Long... values) {
        return new ArgumentTuple(ImmutableList.copyOf(values));
    }

    /** The tuple that {@link #toString} spells so; empty for any other text. */
    public static Optional<ArgumentTuple> parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        ImmutableList.Builder<Long> values = ImmutableList.builder();
        for (String value : Splitter.on(' ').split(text)) {
            values.add(Long.parseUnsignedLong(value, HEXADECIMAL));
        }
        return Optional.of(new ArgumentTuple(values.build()));
    }

    @Override
    public int compareTo(ArgumentTuple other) {
        int common = Math.min(values.size(), other.values.size());
        for (int i = 0; i < common; i++) {
            int order = Long.compareUnsigned(values.get(i), other.values.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(values.size(), other.values.size());
    }

    // hand-written: a record's generated methods are linked on first use, which slows start-up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArgumentTuple that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The values in hexadecimal: {@code 2 1 6}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (long value : values) {
            text.append(text.isEmpty() ? "" : " ").append(Long.toHexString(value));
        }
        return text.toString();
    }
}
