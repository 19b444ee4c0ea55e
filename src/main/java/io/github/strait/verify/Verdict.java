package io.github.strait.verify;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The filter's decision about calls that are alike.
 *
 * @param arguments what the trace says of the arguments that the filter looks at, for people; empty when the filter looks
 *     at none or the trace does not say
 * @param answers the decisions that the filter may return, at least one
 * @param count how many calls
 * @param first where the first of them is
 * @param programs the programs that made them, as {@link SyscallObservation} has them
 */
public record Verdict(
        Arch arch,
        String name,
        String arguments,
        ImmutableSet<Decision> answers,
        long count,
        SourcePosition first,
        ImmutableSortedSet<String> programs) {

    /** The kinds of verdicts. */
    public enum Kind {
        /** The calls are made. */
        ALLOWED,
        /** The calls were observed and are denied. */
        GAP,
        /** The evidence does not show which decision it is, or a supervisor makes it. */
        UNDECIDED
    }

    public Verdict {
        Preconditions.checkArgument(!answers.isEmpty(), "%s without an answer", name);
    }

    public Kind kind() {
        if (answers.stream().allMatch(answer -> answer.action().permits())) {
            return Kind.ALLOWED;
        }
        return answers.stream().anyMatch(answer -> mayPass(answer)) ? Kind.UNDECIDED : Kind.GAP;
    }

    private static boolean mayPass(Decision answer) {
        return switch (answer.action()) {
            case ALLOW, LOG, NOTIFY, TRACE -> true;
            default -> false;
        };
    }

    /** The same verdict with other decisions, for this many of the calls. */
    Verdict with(ImmutableSet<Decision> others, long calls) {
        return new Verdict(arch, name, arguments, others, calls, first, programs);
    }

    /** Both together: of the same calls in other evidence. */
    Verdict plus(Verdict other) {
        Collection<String> all =
                Stream.concat(programs.stream(), other.programs.stream()).toList();
        return new Verdict(
                arch,
                name,
                arguments,
                answers,
                count + other.count,
                first.compareTo(other.first) <= 0 ? first : other.first,
                ImmutableSortedSet.copyOf(Ordering.natural(), all));
    }
}
