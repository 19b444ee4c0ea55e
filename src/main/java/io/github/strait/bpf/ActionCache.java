package io.github.strait.bpf;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.profile.Action;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kernel's action cache, since Linux 5.11: when a filter is installed, the kernel emulates it for each number, with
 * nothing known but the number and the architecture. For a call that is allowed so, it never runs the filter. The rules are
 * those of {@code seccomp_is_const_allow} in {@code kernel/seccomp.c}.
 *
 * <p>Of several filters, all must allow the call so; otherwise the kernel runs all of them.
 */
public final class ActionCache {
    /** Ports that define no {@code SECCOMP_ARCH_NATIVE} have no cache. */
    private static final ImmutableSet<Arch> WITHOUT =
            ImmutableSet.of(Arch.MIPS, Arch.MIPS64, Arch.MIPS64N32, Arch.MIPSEL, Arch.MIPSEL64, Arch.MIPSEL64N32);

    /** More than the numbers of any ABI; those of x32 and the private ones of ARM are beyond the cache's end. */
    private static final int END = 1 << 12;

    private ActionCache() {}

    /** The calls with a name that the kernel allows without running the filter; ABIs without any are left out. */
    public static ImmutableSortedMap<Arch, ImmutableSortedSet<String>> calls(Program program, Set<Arch> abis) {
        ImmutableSortedMap.Builder<Arch, ImmutableSortedSet<String>> calls = ImmutableSortedMap.naturalOrder();
        for (Arch abi : abis) {
            ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
            SyscallTable.of(abi).numbers().forEach((name, number) -> {
                if (covers(program, abi, number)) {
                    names.add(name);
                }
            });
            ImmutableSortedSet<String> covered = names.build();
            if (!covered.isEmpty()) {
                calls.put(abi, covered);
            }
        }
        return calls.build();
    }

    /** How many of these calls the kernel allows without running the filter. */
    public static long covered(Program program, Frequencies frequencies) {
        long covered = 0;
        for (Map.Entry<Arch, Map<Integer, Long>> abi :
                frequencies.counts().rowMap().entrySet()) {
            for (Map.Entry<Integer, Long> call : abi.getValue().entrySet()) {
                covered += covers(program, abi.getKey(), call.getKey()) ? call.getValue() : 0;
            }
        }
        return covered;
    }

    /** Whether the kernel allows the call without running the filter. */
    static boolean covers(Program program, Arch abi, int number) {
        return !WITHOUT.contains(abi) && number >= 0 && number < END && isAlwaysAllowed(program, abi, number);
    }

    private static boolean isAlwaysAllowed(Program program, Arch abi, int number) {
        List<Instruction> instructions = program.instructions();
        int a = 0;
        int at = 0;
        while (true) {
            Instruction instruction = instructions.get(at);
            at++;
            if (instruction instanceof Load load && load.offset() == DataWord.NUMBER) {
                a = number;
            } else if (instruction instanceof Load load && load.offset() == DataWord.ARCH) {
                a = abi.auditToken();
            } else if (instruction instanceof Branch branch && !branch.operand().isIndex()) {
                at += branch.test().holds(a, branch.operand().value()) ? branch.whenTrue() : branch.whenFalse();
            } else if (instruction instanceof Jump jump) {
                at += jump.distance();
            } else if (instruction instanceof Compute compute
                    && compute.operation() == Operation.AND
                    && !compute.operand().isIndex()) {
                a &= compute.operand().value();
            } else {
                return instruction instanceof Return answer && answer.value() == Action.ALLOW.returnValue();
            }
        }
    }
}
