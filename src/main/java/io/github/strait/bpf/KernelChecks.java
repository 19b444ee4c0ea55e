package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Recall;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.bpf.Instruction.Store;
import java.util.Arrays;

/**
 * The checks of {@code bpf_check_classic} on a whole program. They ensure that the kernel loads a {@link Program}. The
 * checks on one instruction are not needed, because {@link Instruction} cannot express an illegal one.
 */
final class KernelChecks {
    private static final int ALL_CELLS = (1 << Instruction.CELLS) - 1;

    private KernelChecks() {}

    static void check(ImmutableList<Instruction> program) {
        int size = program.size();
        Preconditions.checkArgument(
                size > 0 && size <= Program.LIMIT, "%s instructions; the kernel takes 1 to %s", size, Program.LIMIT);
        Instruction last = program.get(size - 1);
        Preconditions.checkArgument(
                last instanceof Return || last instanceof ReturnAccumulator, "the last instruction does not return");
        for (int at = 0; at < size; at++) {
            Preconditions.checkArgument(
                    farthest(program.get(at)) < size - at - 1, "instruction %s jumps out of the program", at);
        }
        checkCells(program);
    }

    private static int farthest(Instruction instruction) {
        if (instruction instanceof Branch branch) {
            return Math.max(branch.whenTrue(), branch.whenFalse());
        }
        return instruction instanceof Jump jump ? jump.distance() : -1;
    }

    /** A cell must have been written on every way to where it is read. */
    private static void checkCells(ImmutableList<Instruction> program) {
        int[] written = new int[program.size() + 1];
        Arrays.fill(written, ALL_CELLS);
        int here = 0;
        for (int at = 0; at < program.size(); at++) {
            here &= written[at];
            Instruction instruction = program.get(at);
            if (instruction instanceof Store store) {
                here |= 1 << store.cell();
            } else if (instruction instanceof Recall recall) {
                Preconditions.checkArgument(
                        (here & 1 << recall.cell()) != 0,
                        "instruction %s reads cell %s before it is written",
                        at,
                        recall.cell());
            } else if (instruction instanceof Branch branch) {
                written[at + 1 + branch.whenTrue()] &= here;
                written[at + 1 + branch.whenFalse()] &= here;
                here = ALL_CELLS;
            } else if (instruction instanceof Jump jump) {
                written[at + 1 + jump.distance()] &= here;
                here = ALL_CELLS;
            }
        }
    }
}
