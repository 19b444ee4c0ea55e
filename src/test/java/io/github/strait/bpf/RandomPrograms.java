package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Constant;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Length;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Negate;
import io.github.strait.bpf.Instruction.Recall;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.bpf.Instruction.Store;
import io.github.strait.bpf.Instruction.Transfer;
import io.github.strait.profile.Action;
import io.github.strait.syscall.Arch;
import java.util.Random;

/** Programs of all instructions that the kernel takes, in no order that a compiler would write. */
final class RandomPrograms {
    private static final int[] VALUES = {0, 1, 2, 3, 7, 31, 0x2a, 0xff, 0x10000, 0x40000000, 0x7fffffff, -2, -1};

    private final Random random;
    private final int[] offsets;

    /** @param offsets of the words that the programs look at */
    RandomPrograms(Random random, int... offsets) {
        this.random = random;
        this.offsets = offsets;
    }

    Program next(int size) {
        ImmutableList.Builder<Instruction> instructions = ImmutableList.builder();
        for (int cell = 0; cell < 2; cell++) {
            instructions.add(new Store(Register.A, cell));
        }
        for (int left = size; left > 0; left--) {
            instructions.add(instruction(left));
        }
        return new Program(instructions.add(answer()).build());
    }

    private Instruction instruction(int left) {
        Register register = random.nextBoolean() ? Register.A : Register.X;
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new Load(offsets[random.nextInt(offsets.length)]);
            case 3, 4, 5, 6 -> new Branch(one(Comparison.values()), operand(), distance(left), distance(left));
            case 7, 8 -> compute();
            case 9 -> new Constant(register, value());
            case 10 -> new Recall(register, random.nextInt(2));
            case 11 -> new Store(register, random.nextInt(2));
            case 12 -> new Transfer(register);
            case 13 -> random.nextBoolean() ? new Negate() : new Length(register);
            case 14 -> new Jump(distance(left));
            default -> random.nextInt(4) == 0 ? answer() : new Load(offsets[0]);
        };
    }

    private Instruction compute() {
        Operation operation = one(Operation.values());
        if (operation.isShift()) {
            return new Compute(operation, random.nextBoolean() ? Operand.X : Operand.of(random.nextInt(32)));
        }
        Operand operand = operand();
        boolean isIllegal = operation == Operation.DIV && !operand.isIndex() && operand.value() == 0;
        return new Compute(operation, isIllegal ? Operand.X : operand);
    }

    private Operand operand() {
        return random.nextInt(4) == 0 ? Operand.X : Operand.of(value());
    }

    private int value() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt();
            case 1 -> Arch.X86_64.auditToken();
            default -> VALUES[random.nextInt(VALUES.length)];
        };
    }

    private int distance(int left) {
        return random.nextInt(Math.min(left, 6));
    }

    private Instruction answer() {
        return random.nextInt(6) == 0
                ? new ReturnAccumulator()
                : new Return(one(Action.values()).returnValue() | random.nextInt(3));
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
