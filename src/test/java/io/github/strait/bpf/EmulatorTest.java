package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
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
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Instruction by instruction. */
class EmulatorTest {
    private static final SeccompData CALL = SeccompData.of(Arch.X86_64, 42);

    @ParameterizedTest
    @CsvSource({
        "0, 7, 7", "4, 0xC000003E, 0x16", "8, 0x89abcdef, 0x01234567", "12, 0x01234567, 0x89abcdef",
        "16, 0x55667788, 0x11223344", "20, 0x11223344, 0x55667788", "56, 6, 0", "60, 0, 6",
    })
    void loadsWordsInTheOrderOfTheMachine(int offset, String little, String big) {
        ImmutableLongArray args = ImmutableLongArray.of(0x1122334455667788L, 2, 3, 4, 5, 6);
        long pointer = 0x0123456789abcdefL;
        Program program = program(new Load(offset), new ReturnAccumulator());
        assertEquals(
                Integer.parseUnsignedInt(little.replace("0x", ""), 16),
                run(program, new SeccompData(Arch.X86_64, 7, pointer, args)));
        assertEquals(
                Integer.parseUnsignedInt(big.replace("0x", ""), 16),
                run(program, new SeccompData(Arch.S390, 7, pointer, args)));
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, -1, 2, 1",
        "SUB, 1, 2, -1",
        "MUL, 0x10000, 0x10001, 0x10000",
        "DIV, -2, 2, 0x7fffffff",
        "OR, 5, 2, 7",
        "AND, 7, 10, 2",
        "LSH, 1, 31, 0x80000000",
        "RSH, 0x80000000, 31, 1",
        "XOR, 7, 10, 13",
    })
    void computes(Operation operation, String a, String b, String expected) {
        Constant first = new Constant(Register.A, number(a));
        ReturnAccumulator last = new ReturnAccumulator();
        assertEquals(number(expected), run(program(first, new Compute(operation, Operand.of(number(b))), last), CALL));
        assertEquals(
                number(expected),
                run(
                        program(first, new Constant(Register.X, number(b)), new Compute(operation, Operand.X), last),
                        CALL));
    }

    @Test
    void divisionByZeroEndsTheFilter() {
        assertEquals(
                0,
                run(program(new Constant(Register.A, 9), new Compute(Operation.DIV, Operand.X), new Return(5)), CALL));
    }

    @Test
    void movesBetweenRegistersAndCells() {
        assertEquals(
                64 + 9,
                run(
                        program(
                                new Length(Register.A),
                                new Store(Register.A, 0),
                                new Constant(Register.X, -9),
                                new Transfer(Register.A),
                                new Negate(),
                                new Transfer(Register.X),
                                new Store(Register.X, 15),
                                new Length(Register.X),
                                new Recall(Register.X, 15),
                                new Recall(Register.A, 0),
                                new Compute(Operation.ADD, Operand.X),
                                new ReturnAccumulator()),
                        CALL));
    }

    @ParameterizedTest
    @CsvSource({
        "EQ, 5, 5, true",
        "EQ, 5, 6, false",
        "GT, 6, 5, true",
        "GT, 5, 5, false",
        "GT, -1, 5, true",
        "GT, 5, -1, false",
        "GE, 5, 5, true",
        "GE, 4, 5, false",
        "GE, 0x80000000, 5, true",
        "SET, 6, 2, true",
        "SET, 4, 2, false",
    })
    void compares(Comparison test, String a, String b, boolean holds) {
        Program program = program(
                new Constant(Register.A, number(a)),
                new Branch(test, Operand.of(number(b)), 1, 2),
                new Return(3),
                new Return(1),
                new Return(2));
        assertEquals(holds ? 1 : 2, run(program, CALL));
    }

    @Test
    void countsWhatItRuns() {
        Program program = program(new Load(0), new Jump(1), new Return(1), new Return(2));
        assertEquals(new ProgramResult(2, 3), Emulator.run(program, CALL));
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryAction(Action action) {
        int data = action.takesErrno() ? 38 : 0;
        assertEquals(new Decision(action, data), new ProgramResult(action.returnValue() | 38, 1).decision());
    }

    @Test
    void theKernelCapsErrnosAndKillsWhatItDoesNotKnow() {
        assertEquals(new Decision(Action.ERRNO, 4095), new ProgramResult(0x0005ffff, 1).decision());
        assertEquals(Decision.of(Action.KILL_PROCESS), new ProgramResult(0x12340000, 1).decision());
    }

    private static int run(Program program, SeccompData call) {
        return Emulator.run(program, call).value();
    }

    private static int number(String text) {
        return Long.decode(text).intValue();
    }

    private static Program program(Instruction... instructions) {
        return new Program(ImmutableList.copyOf(instructions));
    }
}
