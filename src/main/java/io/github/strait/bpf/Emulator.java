package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Constant;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Length;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Negate;
import io.github.strait.bpf.Instruction.Recall;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.Store;
import io.github.strait.bpf.Instruction.Transfer;
import io.github.strait.profile.SeccompData;
import java.util.List;

/** Runs programs as the kernel does. */
public final class Emulator {
    private final Program program;
    private final SeccompData data;
    private final int[] cells = new int[Instruction.CELLS];
    private int a;
    private int x;

    private Emulator(Program program, SeccompData data) {
        this.program = program;
        this.data = data;
    }

    /** The result of one filter. */
    public static ProgramResult run(Program program, SeccompData data) {
        return new Emulator(program, data).run();
    }

    private ProgramResult run() {
        List<Instruction> instructions = program.instructions();
        int steps = 0;
        int at = 0;
        while (true) {
            Instruction instruction = instructions.get(at);
            steps++;
            at++;
            if (instruction instanceof Branch branch) {
                at += branch.test().holds(a, value(branch.operand())) ? branch.whenTrue() : branch.whenFalse();
            } else if (instruction instanceof Load load) {
                a = DataWord.of(data, load.offset());
            } else if (instruction instanceof Return answer) {
                return new ProgramResult(answer.value(), steps);
            } else if (instruction instanceof Jump jump) {
                at += jump.distance();
            } else if (instruction instanceof Instruction.ReturnAccumulator) {
                return new ProgramResult(a, steps);
            } else if (instruction instanceof Compute compute) {
                if (compute.operation() == Operation.DIV && value(compute.operand()) == 0) {
                    return new ProgramResult(0, steps);
                }
                a = compute.operation().apply(a, value(compute.operand()));
            } else {
                move(instruction);
            }
        }
    }

    private void move(Instruction instruction) {
        if (instruction instanceof Constant constant) {
            set(constant.to(), constant.value());
        } else if (instruction instanceof Length length) {
            set(length.to(), DataWord.SIZE);
        } else if (instruction instanceof Recall recall) {
            set(recall.to(), cells[recall.cell()]);
        } else if (instruction instanceof Store store) {
            cells[store.cell()] = store.from() == Register.A ? a : x;
        } else if (instruction instanceof Transfer transfer) {
            set(transfer.to(), transfer.to() == Register.A ? x : a);
        } else {
            Preconditions.checkState(instruction instanceof Negate, "no rule for %s", instruction);
            a = -a;
        }
    }

    private void set(Register register, int value) {
        if (register == Register.A) {
            a = value;
        } else {
            x = value;
        }
    }

    private int value(Operand operand) {
        return operand.isIndex() ? x : operand.value();
    }
}
