package io.github.strait.verify;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The filter's decision about calls that are alike.
 *
 * @param texts the arguments as printed that the filter looks at, empty where it does not or the trace does not say; none
 *     when the filter looks at no argument
 * @param answers the decisions that the filter may return, at least one
 * @param count how many calls
 * @param first where the first of them is
 * @param programs the programs that made them, as {@link SyscallObservation} has them
 * @param standIn the call that callers make instead, if the filter refuses these for that; empty otherwise
 * @param doubt why it is undecided, where the evidence is an observation
 */
public record Verdict(
        Arch arch,
        String name,
        ImmutableList<String> texts,
        ImmutableSet<Decision> answers,
        long count,
        SourcePosition first,
        ImmutableSortedSet<String> programs,
        String standIn,
        Doubt doubt) {

    /** The kinds of verdicts. */
    public enum Kind {
        /** The calls are made. */
        ALLOWED,
        /** The calls were observed and are denied. */
        GAP,
        /** The calls are refused, and callers fall back to another one, which is allowed. */
        REPLACED,
        /** The evidence does not show which decision it is, or a supervisor makes it. */
        UNDECIDED
    }

    public Verdict {
        Preconditions.checkArgument(!answers.isEmpty(), "%s without an answer", name);
    }

    /** What the trace says of the arguments that the filter looks at, as printed; empty when it says nothing. */
    public String arguments() {
        return texts.stream().allMatch(String::isEmpty)
                ? ""
                : texts.stream().map(text -> text.isEmpty() ? "_" : text).collect(Collectors.joining(", "));
    }

    public Kind kind() {
        if (!standIn.isEmpty()) {
            return Kind.REPLACED;
        }
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
        return new Verdict(arch, name, texts, others, calls, first, programs, standIn, doubt);
    }

    /** The same verdict on calls that another one stands in for. */
    Verdict replacedBy(String other) {
        return new Verdict(arch, name, texts, answers, count, first, programs, other, doubt);
    }

    /** The same verdict, undecided for this. */
    Verdict doubted(Doubt why) {
        return new Verdict(arch, name, texts, answers, count, first, programs, standIn, why);
    }

    /** Both together: of the same calls in other evidence. */
    Verdict plus(Verdict other) {
        Collection<String> all =
                Stream.concat(programs.stream(), other.programs.stream()).toList();
        return new Verdict(
                arch,
                name,
                texts,
                answers,
                count + other.count,
                first.compareTo(other.first) <= 0 ? first : other.first,
                ImmutableSortedSet.copyOf(Ordering.natural(), all),
                standIn,
                doubt);
    }
}
