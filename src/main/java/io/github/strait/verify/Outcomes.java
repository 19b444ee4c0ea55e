package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import java.util.List;
import java.util.function.Predicate;

/**
 * The results of calls that were made under the filter itself. They decide cases that the printed arguments leave open:
 * a call that never failed with the filter's errno was not denied with it.
 */
final class Outcomes {
    private final SyscallObservation call;
    private final Arch arch;

    private Outcomes(SyscallObservation call, Arch arch) {
        this.call = call;
        this.arch = arch;
    }

    /** The verdicts on one call of one run, with the decisions that its results do not rule out. */
    static List<Verdict> narrow(List<Verdict> verdicts, SyscallObservation call, Arch arch) {
        return new Outcomes(call, arch).narrow(verdicts);
    }

    private List<Verdict> narrow(List<Verdict> verdicts) {
        boolean isAlone = verdicts.stream().filter(Outcomes::isOpen).count() == 1;
        ImmutableList.Builder<Verdict> narrowed = ImmutableList.builder();
        for (Verdict verdict : verdicts) {
            narrowed.add(isOpen(verdict) ? narrow(verdict, verdicts, isAlone) : verdict);
        }
        return narrowed.build();
    }

    private static boolean isOpen(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.UNDECIDED;
    }

    private Verdict narrow(Verdict verdict, List<Verdict> all, boolean isAlone) {
        ImmutableSet<Decision> left = keep(verdict, answer -> mayHave(answer, all));
        ImmutableSet<Decision> denials = left.stream().filter(Outcomes::isError).collect(ImmutableSet.toImmutableSet());
        long denied =
                denials.stream().mapToLong(answer -> failures(answer, all)).sum();
        if (isAlone && denied > 0 && denials.size() == 1) {
            return verdict.with(denials, Math.min(denied, verdict.count()));
        }
        return left.isEmpty() ? verdict : verdict.with(left, verdict.count());
    }

    private static ImmutableSet<Decision> keep(Verdict verdict, Predicate<Decision> wanted) {
        return verdict.answers().stream().filter(wanted).collect(ImmutableSet.toImmutableSet());
    }

    private static boolean isError(Decision answer) {
        return switch (answer.action()) {
            case ERRNO -> answer.errno() != 0;
            default -> false;
        };
    }

    private boolean mayHave(Decision answer, List<Verdict> all) {
        return switch (answer.action()) {
            case ERRNO -> !isError(answer) || failures(answer, all) > 0;
            // a call that SIGSYS ends shows a number that means nothing
            case KILL_PROCESS, KILL_THREAD -> call.unreturned() > 0;
            default -> true;
        };
    }

    /** How often the call failed with this error, not counting calls that are known to get this decision. */
    private long failures(Decision answer, List<Verdict> all) {
        String name = Errno.name(answer.errno(), arch).orElseGet(() -> String.valueOf(answer.errno()));
        long certain = all.stream()
                .filter(verdict -> verdict.answers().equals(ImmutableSet.of(answer)))
                .mapToLong(Verdict::count)
                .sum();
        return call.errors().getOrDefault(name, 0L) - certain;
    }
}
