package io.github.strait.bpf;

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
import java.util.Arrays;

/**
 * The kernel's {@code struct sock_filter}, eight bytes: an opcode and what goes with it. The opcodes are those of
 * {@code linux/bpf_common.h} and {@code linux/filter.h}.
 *
 * @param code 16 bits
 * @param whenTrue 8 bits, of a branch
 * @param whenFalse 8 bits, of a branch
 * @param k a constant, an offset, a cell or a distance
 */
record SockFilter(int code, int whenTrue, int whenFalse, int k) {
    /** The size in bytes. */
    static final int SIZE = 8;

    private static final int LD_ABS = 0x20;
    private static final int LD_IMM = 0x00;
    private static final int LDX_IMM = 0x01;
    private static final int LD_LEN = 0x80;
    private static final int LDX_LEN = 0x81;
    private static final int LD_MEM = 0x60;
    private static final int LDX_MEM = 0x61;
    private static final int ST = 0x02;
    private static final int STX = 0x03;
    private static final int ALU = 0x04;
    private static final int NEG = 0x84;
    private static final int JMP = 0x05;
    private static final int RET_K = 0x06;
    private static final int RET_A = 0x16;
    private static final int TAX = 0x07;
    private static final int TXA = 0x87;
    private static final int CLASS = 0x07;
    private static final int SOURCE_X = 0x08;

    static SockFilter of(Instruction instruction) {
        if (instruction instanceof Branch branch) {
            int code = JMP | branch.test().code() | source(branch.operand());
            return new SockFilter(
                    code,
                    branch.whenTrue(),
                    branch.whenFalse(),
                    branch.operand().value());
        }
        if (instruction instanceof Compute compute) {
            int code = ALU | compute.operation().code() | source(compute.operand());
            return new SockFilter(code, 0, 0, compute.operand().value());
        }
        if (instruction instanceof Constant constant) {
            return new SockFilter(constant.to() == Register.A ? LD_IMM : LDX_IMM, 0, 0, constant.value());
        }
        if (instruction instanceof Recall recall) {
            return new SockFilter(recall.to() == Register.A ? LD_MEM : LDX_MEM, 0, 0, recall.cell());
        }
        if (instruction instanceof Store store) {
            return new SockFilter(store.from() == Register.A ? ST : STX, 0, 0, store.cell());
        }
        return simple(instruction);
    }

    private static SockFilter simple(Instruction instruction) {
        if (instruction instanceof Load load) {
            return new SockFilter(LD_ABS, 0, 0, load.offset());
        }
        if (instruction instanceof Return answer) {
            return new SockFilter(RET_K, 0, 0, answer.value());
        }
        if (instruction instanceof Jump jump) {
            return new SockFilter(JMP, 0, 0, jump.distance());
        }
        if (instruction instanceof Length length) {
            return new SockFilter(length.to() == Register.A ? LD_LEN : LDX_LEN, 0, 0, 0);
        }
        if (instruction instanceof Transfer transfer) {
            return new SockFilter(transfer.to() == Register.A ? TXA : TAX, 0, 0, 0);
        }
        return new SockFilter(instruction instanceof Negate ? NEG : RET_A, 0, 0, 0);
    }

    private static int source(Operand operand) {
        return operand.isIndex() ? SOURCE_X : 0;
    }

    /**
     * The instruction that it encodes. Fields that the opcode does not use are ignored, as the kernel does.
     *
     * @throws IllegalArgumentException when the kernel rejects the instruction in a seccomp filter
     */
    Instruction instruction() {
        return switch (code) {
            case LD_ABS -> new Load(k);
            case LD_IMM -> new Constant(Register.A, k);
            case LDX_IMM -> new Constant(Register.X, k);
            case LD_LEN -> new Length(Register.A);
            case LDX_LEN -> new Length(Register.X);
            case LD_MEM -> new Recall(Register.A, k);
            case LDX_MEM -> new Recall(Register.X, k);
            case ST -> new Store(Register.A, k);
            case STX -> new Store(Register.X, k);
            case NEG -> new Negate();
            case JMP -> new Jump(k);
            case RET_K -> new Return(k);
            case RET_A -> new ReturnAccumulator();
            case TAX -> new Transfer(Register.X);
            case TXA -> new Transfer(Register.A);
            default -> withOperand();
        };
    }

    private Instruction withOperand() {
        Operand operand = (code & SOURCE_X) == 0 ? Operand.of(k) : Operand.X;
        int bits = code & ~(CLASS | SOURCE_X);
        return switch (code & CLASS) {
            case ALU ->
                new Compute(
                        Arrays.stream(Operation.values())
                                .filter(operation -> operation.code() == bits)
                                .findFirst()
                                .orElseThrow(this::unknown),
                        operand);
            case JMP ->
                new Branch(
                        Arrays.stream(Comparison.values())
                                .filter(test -> test.code() == bits)
                                .findFirst()
                                .orElseThrow(this::unknown),
                        operand,
                        whenTrue,
                        whenFalse);
            default -> throw unknown();
        };
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException(
                "the kernel takes no opcode 0x" + Integer.toHexString(code) + " in a seccomp filter");
    }
}
