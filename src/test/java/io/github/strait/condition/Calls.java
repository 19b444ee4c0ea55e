package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Calls whose arguments are known, without a trace. */
public final class Calls {
    private Calls() {}

    /** A call that was seen once with each of these tuples at the place; tuple N stands in line N. */
    public static SyscallObservation seen(String place, ArgumentTuple... tuples) {
        return seen(place, List.of(tuples), 0);
    }

    /** The same, and some calls more that do not say their arguments. */
    public static SyscallObservation seen(String place, List<ArgumentTuple> tuples, long unknown) {
        TreeMap<ArgumentTuple, Sighting> seen = new TreeMap<>();
        for (int i = 0; i < tuples.size(); i++) {
            seen.merge(tuples.get(i), new Sighting(1, new SourcePosition("run", i + 1)), Sighting::plus);
        }
        ArgumentValues values = seen.size() > ArgumentValues.LIMIT
                ? ArgumentValues.MORE
                : new ArgumentValues(
                        ImmutableSortedMap.copyOf(seen),
                        unknown,
                        unknown > 0 ? Optional.of(new SourcePosition("run", 90)) : Optional.empty(),
                        false);
        return counted(tuples.size() + unknown).with(ImmutableMap.of(place, values));
    }

    private static SyscallObservation counted(long count) {
        return new SyscallObservation(
                count,
                count,
                0,
                ImmutableSortedMap.of(),
                new SourcePosition("run", 1),
                ImmutableSortedSet.of("/bin/app"),
                false,
                ImmutableSortedSet.of());
    }

    /** Whether a call with these registers passes one of the alternatives. */
    public static boolean passes(Arch arch, CallConditions conditions, long... registers) {
        for (ImmutableList<Condition> all : conditions.alternatives()) {
            if (all.stream().allMatch(condition -> condition.test(arch, registers[condition.index()]))) {
                return true;
            }
        }
        return false;
    }

    /** The registers that hold a tuple at the place of a row; the others, and what the kernel does not read, are garbage. */
    static long[] registers(CatalogueRow row, List<Long> tuple, long garbage) {
        long[] registers = new long[Condition.ARGUMENTS];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = garbage;
        }
        for (int i = 0; i < tuple.size(); i++) {
            int register = row.place().registers().get(i);
            long read = row.place().isPointer() ? -1 : row.place().mask();
            registers[register] = (tuple.get(i) & read) | (garbage & ~read);
        }
        return registers;
    }
}
