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
import io.github.strait.bpf.Instruction.Store;
import io.github.strait.bpf.Instruction.Transfer;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a program for people, one numbered instruction a line. Targets are numbers of lines: {@code jeq read (0) ? 9 : 5}
 * goes on at 9 when A is 0. What is compared has the name that it has where the program comes by: see {@link Facts}.
 */
public final class Disassembler {
    /** Above it a number reads better in base 16. */
    private static final int DECIMAL = 0xffff;

    private final List<Instruction> instructions;
    private final List<Facts> known;

    private Disassembler(Program program) {
        this.instructions = program.instructions();
        this.known = Facts.of(program);
    }

    /** The listing; every line ends with a line feed. */
    public static String print(Program program) {
        Disassembler disassembler = new Disassembler(program);
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < program.size(); at++) {
            text.append(String.format(Locale.ROOT, "%4d  %s%n", at, disassembler.line(at)));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private String line(int at) {
        Instruction instruction = instructions.get(at);
        if (instruction instanceof Load load) {
            return "ld   " + DataWord.name(load.offset(), known.get(at).isBigEndian());
        } else if (instruction instanceof Branch branch) {
            String what = "j" + lower(branch.test()) + (branch.test() == Comparison.SET ? " " : "  ");
            return what + compared(at, branch) + " ? " + (at + 1 + branch.whenTrue()) + " : "
                    + (at + 1 + branch.whenFalse());
        } else if (instruction instanceof Jump jump) {
            return "ja   " + (at + 1 + jump.distance());
        } else if (instruction instanceof Return answer) {
            return "ret  " + answer(at, answer.value());
        } else if (instruction instanceof Compute compute) {
            String what = compute.operation() == Operation.OR ? "or   " : lower(compute.operation()) + "  ";
            return what + operand(compute.operand());
        }
        return moved(instruction);
    }

    private static String moved(Instruction instruction) {
        if (instruction instanceof Constant constant) {
            return load(constant.to()) + "#" + number(constant.value());
        } else if (instruction instanceof Length length) {
            return load(length.to()) + "len";
        } else if (instruction instanceof Recall recall) {
            return load(recall.to()) + "M[" + recall.cell() + "]";
        } else if (instruction instanceof Store store) {
            return (store.from() == Register.A ? "st   M[" : "stx  M[") + store.cell() + "]";
        } else if (instruction instanceof Transfer transfer) {
            return transfer.to() == Register.A ? "txa" : "tax";
        }
        return instruction instanceof Negate ? "neg" : "ret  a";
    }

    private static String load(Register to) {
        return to == Register.A ? "ld   " : "ldx  ";
    }

    private String compared(int at, Branch branch) {
        int value = branch.operand().value();
        if (branch.operand().isIndex()) {
            return "x";
        }
        // the border between two ABIs, which is also the number of a call
        Optional<String> name = value == SeccompData.X32_BIT && branch.test() == Comparison.GE
                ? Optional.empty()
                : known.get(at).name(value);
        return name.orElseGet(() -> number(value));
    }

    private String answer(int at, int value) {
        Decision decision = new ProgramResult(value, 0).decision();
        if (decision.returnValue() != value) {
            return number(value);
        }
        String errno = known.get(at)
                .errno(decision.errno())
                .map(name -> " (" + name + ")")
                .orElse("");
        return decision + (decision.action().takesErrno() ? errno : "");
    }

    private static String operand(Operand operand) {
        return operand.isIndex() ? "x" : number(operand.value());
    }

    /** A number in base 10 when it is small. */
    static String number(int value) {
        return Integer.compareUnsigned(value, DECIMAL) <= 0
                ? Integer.toString(value)
                : "0x" + Integer.toHexString(value);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
