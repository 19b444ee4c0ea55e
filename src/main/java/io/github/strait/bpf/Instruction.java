package io.github.strait.bpf;

import com.google.common.base.Preconditions;

/**
 * One instruction, in the grammar of the package's description. Only what the kernel takes in a seccomp filter can be
 * said ({@code seccomp_check_filter} and {@code bpf_check_classic}); what depends on the place in the program,
 * {@link Program} checks.
 */
public sealed interface Instruction {
    /** The cells of scratch memory, {@code BPF_MEMWORDS}. */
    int CELLS = 16;

    /** The farthest that a branch can skip. */
    int FARTHEST = 255;

    /** Loads a word of the call into A. Words are aligned, and in the byte order of the machine. */
    record Load(int offset) implements Instruction {
        public Load {
            Preconditions.checkArgument(
                    offset >= 0 && offset < DataWord.SIZE && offset % Integer.BYTES == 0,
                    "a load at %s is not a word of the %s bytes of seccomp_data",
                    offset,
                    DataWord.SIZE);
        }
    }

    /** Sets a register. */
    record Constant(Register to, int value) implements Instruction {}

    /** Sets a register to the size of the call's data. */
    record Length(Register to) implements Instruction {}

    /** Reads a cell. */
    record Recall(Register to, int cell) implements Instruction {
        public Recall {
            checkCell(cell);
        }
    }

    /** Writes a cell. */
    record Store(Register from, int cell) implements Instruction {
        public Store {
            checkCell(cell);
        }
    }

    /** Copies the other register into this one. */
    record Transfer(Register to) implements Instruction {}

    /** Computes with A. */
    record Compute(Operation operation, Operand operand) implements Instruction {
        public Compute {
            boolean isConstant = !operand.isIndex();
            Preconditions.checkArgument(
                    !isConstant || operation != Operation.DIV || operand.value() != 0, "division by the constant 0");
            Preconditions.checkArgument(
                    !isConstant || !operation.isShift() || (operand.value() >= 0 && operand.value() < Integer.SIZE),
                    "a shift by %s is outside 0 to 31",
                    operand.value());
        }
    }

    /** Replaces A by its negative. */
    record Negate() implements Instruction {}

    /** Skips instructions. */
    record Jump(int distance) implements Instruction {
        public Jump {
            Preconditions.checkArgument(distance >= 0, "a jump over %s does not go forward", distance);
        }
    }

    /** Skips {@code whenTrue} instructions or {@code whenFalse}. */
    record Branch(Comparison test, Operand operand, int whenTrue, int whenFalse) implements Instruction {
        public Branch {
            checkDistance(whenTrue);
            checkDistance(whenFalse);
        }
    }

    /** Returns a constant. */
    record Return(int value) implements Instruction {}

    /** Returns A. */
    record ReturnAccumulator() implements Instruction {}

    private static void checkCell(int cell) {
        Preconditions.checkArgument(cell >= 0 && cell < CELLS, "there is no cell %s, only 0 to %s", cell, CELLS - 1);
    }

    private static void checkDistance(int distance) {
        Preconditions.checkArgument(
                distance >= 0 && distance <= FARTHEST, "a branch over %s is outside 0 to %s", distance, FARTHEST);
    }
}
