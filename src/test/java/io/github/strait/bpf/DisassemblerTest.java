package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import org.junit.jupiter.api.Test;

/** Whole listings, which show the code of the compiler too. */
class DisassemblerTest {

    @Test
    void aDenylist() {
        Profile profile = Profile.builder(Action.ALLOW)
                .architectures(Arch.AARCH64)
                .rule(Rule.errno(38, "mount"))
                .build();
        assertEquals("""
                   0  ld   arch
                   1  jeq  aarch64 ? 2 : 6
                   2  ld   nr
                   3  jeq  mount (40) ? 4 : 5
                   4  ret  ERRNO 38 (ENOSYS)
                   5  ret  ALLOW
                   6  ret  KILL_THREAD
                """, linear(profile));
    }

    /** The tests for x32 come after those for the calls, whose numbers have no such bit. */
    @Test
    void theSameNamesHaveOtherNumbersOnOtherAbis() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64, Arch.X86)
                .rule(Rule.allow("read"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("clone")
                        .condition(Condition.maskedEqual(0, 0x7e020000, 0))
                        .build())
                .build();
        assertEquals("""
                   0  ld   arch
                   1  jeq  x86_64 ? 3 : 2
                   2  jeq  x86 ? 10 : 17
                   3  ld   nr
                   4  jeq  read (0) ? 15 : 5
                   5  jeq  clone (56) ? 6 : 8
                   6  ld   arg0.low
                   7  jset 0x7e020000 ? 16 : 15
                   8  jge  0x40000000 ? 9 : 16
                   9  jge  0xffffffff ? 16 : 17
                  10  ld   nr
                  11  jeq  read (3) ? 15 : 12
                  12  jeq  clone (120) ? 13 : 16
                  13  ld   arg0.low
                  14  jset 0x7e020000 ? 16 : 15
                  15  ret  ALLOW
                  16  ret  ERRNO 1 (EPERM)
                  17  ret  KILL_THREAD
                """, linear(profile));
    }

    @Test
    void argumentsAreComparedInHalves() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.S390X)
                .rule(Rule.builder(Action.ALLOW)
                        .name("personality")
                        .condition(Condition.of(0, Operator.EQ, 0x100000002L))
                        .condition(Condition.of(1, Operator.GT, 0x300000004L))
                        .condition(Condition.of(2, Operator.LE, 5))
                        .condition(Condition.maskedEqual(3, 0xff00000000L, 0x700000000L))
                        .build())
                .build();
        assertEquals("""
                   0  ld   arch
                   1  jeq  s390x ? 2 : 22
                   2  ld   nr
                   3  jeq  personality (136) ? 4 : 21
                   4  ld   arg0.low
                   5  jeq  2 ? 6 : 21
                   6  ld   arg0.high
                   7  jeq  1 ? 8 : 21
                   8  ld   arg1.high
                   9  jgt  3 ? 13 : 10
                  10  jeq  3 ? 11 : 21
                  11  ld   arg1.low
                  12  jgt  4 ? 13 : 21
                  13  ld   arg2.high
                  14  jeq  0 ? 15 : 21
                  15  ld   arg2.low
                  16  jgt  5 ? 21 : 17
                  17  ld   arg3.high
                  18  and  255
                  19  jeq  7 ? 20 : 21
                  20  ret  ALLOW
                  21  ret  ERRNO 1 (EPERM)
                  22  ret  KILL_THREAD
                """, linear(profile));
    }

    /** What a filter may say and strait's own do not. */
    @Test
    void everyInstructionReadsLikeAssembly() {
        ImmutableList<Instruction> all = ImmutableList.of(
                new Load(20),
                new Constant(Register.A, 5),
                new Constant(Register.X, -1),
                new Length(Register.X),
                new Store(Register.A, 1),
                new Store(Register.X, 2),
                new Recall(Register.A, 1),
                new Recall(Register.X, 2),
                new Compute(Operation.OR, Operand.X),
                new Compute(Operation.AND, Operand.of(0xff0000)),
                new Negate(),
                new Transfer(Register.X),
                new Transfer(Register.A),
                new Branch(Comparison.SET, Operand.X, 1, 0),
                new Jump(1),
                new ReturnAccumulator(),
                new Return(0x00051fff));
        assertEquals("""
                   0  ld   arg0.high
                   1  ld   #5
                   2  ldx  #0xffffffff
                   3  ldx  len
                   4  st   M[1]
                   5  stx  M[2]
                   6  ld   M[1]
                   7  ldx  M[2]
                   8  or   x
                   9  and  0xff0000
                  10  neg
                  11  tax
                  12  txa
                  13  jset x ? 15 : 14
                  14  ja   16
                  15  ret  a
                  16  ret  0x51fff
                """, Disassembler.print(new Program(all)));
    }

    private static String linear(Profile profile) {
        return Disassembler.print(FilterCompiler.compile(profile, Layout.LINEAR, Frequencies.UNKNOWN));
    }
}
