package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
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
 */
public record SyscallObservation(
        long count,
        long succeeded,
        long unreturned,
        ImmutableSortedMap<String, Long> errors,
        SourcePosition first,
        ImmutableSortedSet<String> programs,
        boolean morePrograms,
        ImmutableSortedSet<String> alternatives) {

    /** The most programs that are named. The first by name are kept, so the order of evidence does not matter. */
    public static final int PROGRAMS = 16;

    /** @throws IllegalArgumentException when the syscall was never entered */
    public SyscallObservation {
        if (count < 1) {
            throw new IllegalArgumentException("a syscall that was never entered is not an observation");
        }
        if (programs.size() > PROGRAMS) {
            programs = ImmutableSortedSet.copyOf(programs.asList().subList(0, PROGRAMS));
            morePrograms = true;
        }
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
                && alternatives.equals(that.alternatives);
    }

    @Override
    public int hashCode() {
        long counts = 31 * (31 * count + succeeded) + unreturned;
        return 31 * (31 * Long.hashCode(counts) + errors.hashCode()) + programs.hashCode();
    }

    /** The same, first seen at another place. */
    SyscallObservation at(SourcePosition place) {
        return new SyscallObservation(
                count, succeeded, unreturned, errors, place, programs, morePrograms, alternatives);
    }

    /** Both together: counts are added, the earlier position is kept. */
    public SyscallObservation plus(SyscallObservation other) {
        return new SyscallSum().add(this).add(other).total();
    }
}
