package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
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
import java.nio.ByteOrder;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel loads, what it refuses, and the bytes that it reads. */
class ProgramTest {
    private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();
    private static final Return ANSWER = new Return(0);

    /** Every opcode that a seccomp filter may have, as the macros of {@code linux/filter.h} give it. */
    private static final ImmutableList<Instruction> ALL = ImmutableList.of(
            new Load(4),
            new Constant(Register.A, 5),
            new Constant(Register.X, 5),
            new Length(Register.A),
            new Length(Register.X),
            new Store(Register.A, 1),
            new Store(Register.X, 2),
            new Recall(Register.A, 1),
            new Recall(Register.X, 2),
            new Compute(Operation.ADD, Operand.of(7)),
            new Compute(Operation.SUB, Operand.X),
            new Compute(Operation.MUL, Operand.of(7)),
            new Compute(Operation.DIV, Operand.X),
            new Compute(Operation.OR, Operand.of(7)),
            new Compute(Operation.AND, Operand.of(-1)),
            new Compute(Operation.LSH, Operand.of(31)),
            new Compute(Operation.RSH, Operand.X),
            new Compute(Operation.XOR, Operand.of(7)),
            new Negate(),
            new Transfer(Register.X),
            new Transfer(Register.A),
            new Jump(1),
            new Branch(Comparison.EQ, Operand.of(1), 0, 1),
            new Branch(Comparison.GT, Operand.X, 0, 1),
            new Branch(Comparison.GE, Operand.of(1), 2, 1),
            new Branch(Comparison.SET, Operand.X, 1, 0),
            new ReturnAccumulator(),
            new Return(0x7fff0000));

    private static final String BYTES = "2000000004000000 0000000005000000 0100000005000000 8000000000000000"
            + " 8100000000000000 0200000001000000 0300000002000000 6000000001000000 6100000002000000"
            + " 0400000007000000 1c00000000000000 2400000007000000 3c00000000000000 4400000007000000"
            + " 54000000ffffffff 640000001f000000 7c00000000000000 a400000007000000 8400000000000000"
            + " 0700000000000000 8700000000000000 0500000001000000 1500000101000000 2d00000100000000"
            + " 3500020101000000 4d00010000000000 1600000000000000 060000000000ff7f";

    @Test
    void theBytesAreTheKernels() {
        Program program = new Program(ALL);
        byte[] bytes = HEX.decode(BYTES.replace(" ", ""));
        assertEquals(BYTES.replace(" ", ""), HEX.encode(program.encode(ByteOrder.LITTLE_ENDIAN)));
        assertEquals(program, Program.decode(bytes, ByteOrder.LITTLE_ENDIAN));
        byte[] big = program.encode(ByteOrder.BIG_ENDIAN);
        assertEquals("0020000000000004", HEX.encode(big, 0, 8));
        assertEquals(program, Program.decode(big, ByteOrder.BIG_ENDIAN));
        assertArrayEquals(bytes, Program.decode(bytes, ByteOrder.LITTLE_ENDIAN).encode(ByteOrder.LITTLE_ENDIAN));
    }

    @ParameterizedTest
    @CsvSource({
        "2800000000000000, instruction 0: the kernel takes no opcode 0x28 in a seccomp filter",
        "3000000000000000, instruction 0: the kernel takes no opcode 0x30 in a seccomp filter",
        "4000000000000000, instruction 0: the kernel takes no opcode 0x40 in a seccomp filter",
        "9400000003000000, instruction 0: the kernel takes no opcode 0x94 in a seccomp filter",
        "5500000000000000, instruction 0: the kernel takes no opcode 0x55 in a seccomp filter",
        "2001000000000000, instruction 0: the kernel takes no opcode 0x120 in a seccomp filter",
        "2000000002000000, instruction 0: a load at 2 is not a word of the 64 bytes of seccomp_data",
        "2000000040000000, instruction 0: a load at 64 is not a word of the 64 bytes of seccomp_data",
        "20000000fcffffff, instruction 0: a load at -4 is not a word of the 64 bytes of seccomp_data",
        "3400000000000000, instruction 0: division by the constant 0",
        "6400000020000000, instruction 0: a shift by 32 is outside 0 to 31",
        "0200000010000000, 'instruction 0: there is no cell 16, only 0 to 15'",
        "05000000ffffffff, instruction 0: a jump over -1 does not go forward",
        "0500000000000000, the last instruction does not return",
        "06000000, 4 bytes are not a whole number of 8-byte instructions",
        "'', 0 instructions; the kernel takes 1 to 4096",
    })
    void whatTheKernelRefusesIsNoProgram(String bytes, String message) {
        assertRefused(message, () -> Program.decode(HEX.decode(bytes), ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void jumpsStayInside() {
        new Program(ImmutableList.of(new Jump(0), ANSWER));
        assertRefused("instruction 0 jumps out of the program", () -> program(new Jump(1)));
        assertRefused("instruction 0 jumps out of the program", () -> program(new Jump(Integer.MAX_VALUE)));
        assertRefused(
                "instruction 0 jumps out of the program", () -> program(new Branch(Comparison.EQ, Operand.X, 0, 1)));
        assertRefused(
                "instruction 1 jumps out of the program",
                () -> program(new Negate(), new Branch(Comparison.EQ, Operand.X, 1, 0)));
        assertRefused("a branch over 256 is outside 0 to 255", () -> new Branch(Comparison.EQ, Operand.X, 0, 256));
        assertRefused("a branch over -1 is outside 0 to 255", () -> new Branch(Comparison.EQ, Operand.X, -1, 0));
    }

    @Test
    void theLengthIsLimited() {
        new Program(ImmutableList.copyOf(Collections.nCopies(4096, ANSWER)));
        assertRefused(
                "4097 instructions; the kernel takes 1 to 4096",
                () -> new Program(ImmutableList.copyOf(Collections.nCopies(4097, ANSWER))));
    }

    /** On every way: the second branch comes by without the store. */
    @Test
    void cellsAreWrittenBeforeTheyAreRead() {
        program(new Store(Register.A, 3), new Recall(Register.X, 3));
        assertRefused("instruction 0 reads cell 3 before it is written", () -> program(new Recall(Register.A, 3)));
        assertRefused(
                "instruction 2 reads cell 3 before it is written",
                () -> program(
                        new Branch(Comparison.EQ, Operand.of(0), 0, 1),
                        new Store(Register.A, 3),
                        new Recall(Register.A, 3)));
        program(
                new Store(Register.A, 3),
                new Branch(Comparison.EQ, Operand.of(0), 0, 1),
                new Jump(0),
                new Recall(Register.A, 3));
        assertRefused(
                "instruction 3 reads cell 3 before it is written",
                () -> program(new Jump(1), new Store(Register.A, 3), new Negate(), new Recall(Register.A, 3)));
    }

    private static void program(Instruction... instructions) {
        new Program(ImmutableList.<Instruction>builder()
                .add(instructions)
                .add(ANSWER)
                .build());
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
