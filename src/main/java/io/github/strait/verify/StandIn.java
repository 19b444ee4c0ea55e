package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Argument;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Fallback;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Calls that a profile refuses with ENOSYS: callers fall back to another one, whose arguments it compares. clone3 has clone.
 * Where the other call is allowed whatever its arguments are, nothing shows that the refusal is meant.
 */
final class StandIn {
    private static final String FLAGS = "flags";
    private static final String ENOSYS = "ENOSYS";

    private final Filter filter;
    private final Arch arch;
    private final SyscallObservation call;

    /** @param call what was seen of the refused call */
    StandIn(Filter filter, Arch arch, SyscallObservation call) {
        this.filter = filter;
        this.arch = arch;
        this.call = call;
    }

    /** The verdict, with the call that stands in for these calls if one does. */
    Verdict judge(Verdict verdict) {
        if (!isRefused(verdict)) {
            return verdict;
        }
        for (String other : Fallback.find(verdict.name()).map(Fallback::instead).orElse(ImmutableList.of())) {
            OptionalInt number = SyscallTable.of(arch).number(other);
            if (number.isPresent() && standsIn(other, number.getAsInt())) {
                return verdict.replacedBy(other);
            }
        }
        return verdict;
    }

    /** Whether all calls get ENOSYS, by a rule of their own. */
    private boolean isRefused(Verdict verdict) {
        OptionalInt number = Errno.number(ENOSYS, arch);
        Decision refusal = new Decision(Action.ERRNO, number.orElseThrow());
        return verdict.answers().equals(ImmutableSet.of(refusal))
                && !filter.profile().defaultDecision().equals(refusal);
    }

    /** Whether the other call is allowed with some arguments only, and may be with the flags that were seen. */
    private boolean standsIn(String other, int number) {
        ImmutableSet<Decision> any = filter.answers(arch, number);
        boolean isCompared = isAllowed(any) && any.size() > 1;
        return isCompared && flags(other).stream().allMatch(flags -> isAllowed(filter.answers(arch, number, flags)));
    }

    private static boolean isAllowed(ImmutableSet<Decision> answers) {
        return answers.stream().anyMatch(answer -> answer.action().permits());
    }

    /** The registers of the other call with each of the flags that the trace shows in memory. */
    private List<List<Argument>> flags(String other) {
        List<List<Argument>> all = new ArrayList<>();
        ArgumentValues seen = call.arguments().get(FLAGS);
        for (Place place : Catalogue.places(other, arch)) {
            for (ArgumentTuple tuple :
                    seen == null ? List.<ArgumentTuple>of() : seen.seen().keySet()) {
                List<Argument> registers = new ArrayList<>(Collections.nCopies(Argument.COUNT, Argument.UNKNOWN));
                registers.set(
                        place.registers().get(0), Argument.low(tuple.values().get(0)));
                all.add(registers);
            }
        }
        return all;
    }
}
