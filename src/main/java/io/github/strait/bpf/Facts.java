package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Recall;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.bpf.Instruction.Store;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Facts that hold before an instruction. Jumps only go forward, so one pass finds them.
 *
 * @param arches the ABIs that the call can have; none where the instruction is never reached
 * @param loaded the offset of the word that A holds, {@value #UNKNOWN} when that differs or is computed
 */
record Facts(Set<Arch> arches, int loaded) {
    private static final int UNKNOWN = -1;
    private static final Facts NEVER = new Facts(EnumSet.noneOf(Arch.class), UNKNOWN);

    /** The facts before each instruction. */
    static ImmutableList<Facts> of(Program program) {
        List<@Nullable Facts> known = new ArrayList<>();
        for (int at = 0; at <= program.size(); at++) {
            known.add(at == 0 ? new Facts(EnumSet.allOf(Arch.class), UNKNOWN) : null);
        }
        ImmutableList.Builder<Facts> result = ImmutableList.builder();
        for (int at = 0; at < program.size(); at++) {
            Facts here = known.get(at);
            if (here != null) {
                here.pass(program.instructions().get(at), at, known);
            }
            result.add(here == null ? NEVER : here);
        }
        return result.build();
    }

    private void pass(Instruction instruction, int at, List<@Nullable Facts> known) {
        if (instruction instanceof Branch branch) {
            boolean isArch = loaded == DataWord.ARCH
                    && branch.test() == Comparison.EQ
                    && !branch.operand().isIndex();
            int token = branch.operand().value();
            join(known, at + 1 + branch.whenTrue(), isArch ? only(token, true) : this);
            join(known, at + 1 + branch.whenFalse(), isArch ? only(token, false) : this);
        } else if (instruction instanceof Jump jump) {
            join(known, at + 1 + jump.distance(), this);
        } else if (instruction instanceof Load load) {
            join(known, at + 1, new Facts(arches, load.offset()));
        } else if (!(instruction instanceof Return || instruction instanceof ReturnAccumulator)) {
            boolean leaves =
                    instruction instanceof Store || (instruction instanceof Recall recall && recall.to() == Register.X);
            join(known, at + 1, leaves ? this : new Facts(arches, UNKNOWN));
        }
    }

    private Facts only(int token, boolean isEqual) {
        Set<Arch> left = EnumSet.copyOf(arches);
        left.removeIf(arch -> (arch.auditToken() == token) != isEqual);
        return new Facts(left, loaded);
    }

    private static void join(List<@Nullable Facts> known, int at, Facts more) {
        Facts there = known.get(at);
        if (there == null) {
            known.set(at, more);
            return;
        }
        Set<Arch> both = EnumSet.noneOf(Arch.class);
        both.addAll(there.arches);
        both.addAll(more.arches);
        known.set(at, new Facts(both, there.loaded == more.loaded ? there.loaded : UNKNOWN));
    }

    /** Whether A holds the architecture. */
    boolean isArch() {
        return loaded == DataWord.ARCH;
    }

    /** Whether high words come first; not where nothing is known of the machine. */
    boolean isBigEndian() {
        return !arches.isEmpty() && arches.stream().allMatch(Arch::isBigEndian);
    }

    /** The meaning of a value that A is compared with: an ABI, or {@code openat (257)}. */
    Optional<String> name(int value) {
        if (loaded == DataWord.ARCH) {
            return Arrays.stream(Arch.values())
                    .filter(arch -> arch.auditToken() == value)
                    .findFirst()
                    .map(Arch::label);
        }
        if (loaded != DataWord.NUMBER) {
            return Optional.empty();
        }
        return common(arch -> SyscallTable.of(arch).name(value))
                .map(name -> name + " (" + Disassembler.number(value) + ")");
    }

    /** The name of an error number, where it is the same on all ABIs that the call can have. */
    Optional<String> errno(int number) {
        return common(arch -> Errno.name(number, arch));
    }

    /** The name that all ABIs with a name agree on; empty when they differ. */
    private Optional<String> common(Function<Arch, Optional<String>> name) {
        List<String> names = arches.stream()
                .flatMap(arch -> name.apply(arch).stream())
                .distinct()
                .toList();
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }
}
