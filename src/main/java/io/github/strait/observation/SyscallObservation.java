package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The evidence for one syscall on one ABI.
 *
 * @param count how often it was entered; what it returned adds up to this
 * @param succeeded how often it returned without an error
 * @param unreturned how often no result was seen: the task ended, was restarted by the kernel, or the trace ends
 * @param errors how often it failed, by errno name
 * @param first where it was first seen
 * @param programs the execve paths of the tasks that called it, at most {@value #PROGRAMS} of them; the empty path
 *     stands for calls made before any execve that the trace shows
 * @param morePrograms whether there were more programs than that
 * @param alternatives the calls that the text may mean instead, where the trace does not prove a multiplexer or where
 *     the strace may be one that called them so
 * @param arguments the values of its arguments, by the place where they stand: the numbers of their registers ({@code 0 1
 *     2}), or {@code flags} in memory. A place that is not there is unknown in all calls. Those of a multiplexer are its
 *     {@link Subcalls}
 */
public record SyscallObservation(
        long count,
        long succeeded,
        long unreturned,
        ImmutableSortedMap<String, Long> errors,
        SourcePosition first,
        ImmutableSortedSet<String> programs,
        boolean morePrograms,
        ImmutableSortedSet<String> alternatives,
        ImmutableSortedMap<String, ArgumentValues> arguments) {

    /** The most programs that are named. The first by name are kept, so the order of evidence does not matter. */
    public static final int PROGRAMS = 16;

    /** @throws IllegalArgumentException when the syscall was never entered, or other arguments were than calls */
    public SyscallObservation {
        if (count < 1) {
            throw new IllegalArgumentException("a syscall that was never entered is not an observation");
        }
        if (programs.size() > PROGRAMS) {
            programs = ImmutableSortedSet.copyOf(programs.asList().subList(0, PROGRAMS));
            morePrograms = true;
        }
        for (ArgumentValues values : arguments.values()) {
            if (!values.more() && values.count() != count) {
                throw new IllegalArgumentException("values of " + values.count() + " calls, and there are " + count);
            }
            if (values.unknown() == count) {
                throw new IllegalArgumentException("a place where all is unknown is left out");
            }
        }
    }

    /** The evidence for a syscall, with nothing known of its arguments. */
    public SyscallObservation(
            long count,
            long succeeded,
            long unreturned,
            ImmutableSortedMap<String, Long> errors,
            SourcePosition first,
            ImmutableSortedSet<String> programs,
            boolean morePrograms,
            ImmutableSortedSet<String> alternatives) {
        this(
                count,
                succeeded,
                unreturned,
                errors,
                first,
                programs,
                morePrograms,
                alternatives,
                ImmutableSortedMap.of());
    }

    // hand-written: a record's generated methods take several times as long, and SharedRows looks each row up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SyscallObservation that
                && count == that.count
                && succeeded == that.succeeded
                && unreturned == that.unreturned
                && morePrograms == that.morePrograms
                && first.equals(that.first)
                && programs.equals(that.programs)
                && errors.equals(that.errors)
                && alternatives.equals(that.alternatives)
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        long counts = 31 * (31 * count + succeeded) + unreturned;
        return 31 * (31 * Long.hashCode(counts) + errors.hashCode()) + programs.hashCode();
    }

    /** The same with these values of its arguments; a place where all is unknown is left out. */
    public SyscallObservation with(Map<String, ArgumentValues> values) {
        ImmutableSortedMap.Builder<String, ArgumentValues> kept = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, ArgumentValues> each : values.entrySet()) {
            if (each.getValue().unknown() < count) {
                kept.put(each.getKey(), each.getValue());
            }
        }
        return new SyscallObservation(
                count, succeeded, unreturned, errors, first, programs, morePrograms, alternatives, kept.build());
    }

    /**
     * The same, seen at other positions.
     *
     * @param map asked for the first position, then for those of the arguments, place by place
     */
    SyscallObservation at(UnaryOperator<SourcePosition> map) {
        SourcePosition mapped = map.apply(first);
        ImmutableSortedMap.Builder<String, ArgumentValues> values = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, ArgumentValues> each : arguments.entrySet()) {
            values.put(each.getKey(), each.getValue().at(map));
        }
        return new SyscallObservation(
                count, succeeded, unreturned, errors, mapped, programs, morePrograms, alternatives, values.build());
    }

    /** Both together: counts are added, the earlier position is kept. */
    public SyscallObservation plus(SyscallObservation other) {
        return new SyscallSum().add(this).add(other).total();
    }
}
