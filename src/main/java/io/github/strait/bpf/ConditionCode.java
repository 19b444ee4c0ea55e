package io.github.strait.bpf;

import io.github.strait.bpf.Assembler.Label;
import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;

/**
 * Writes the test of one condition. The machine compares unsigned words of 32 bits. A test for equality looks at the
 * low word first, because high words are nearly always 0. A test for order looks at the high word first, and at the low
 * one only where the high ones are equal. An ABI with 32-bit addresses has the low word alone.
 */
final class ConditionCode {
    private final Assembler code;
    private final Arch arch;
    private final Condition condition;

    private ConditionCode(Assembler code, Arch arch, Condition condition) {
        this.code = code;
        this.arch = arch;
        this.condition = condition;
    }

    /** Code that goes on at {@code yes} when the condition holds, else at {@code no}. */
    static Label write(Assembler code, Arch arch, Condition condition, Label yes, Label no) {
        return new ConditionCode(code, arch, condition).write(yes, no);
    }

    private Label write(Label yes, Label no) {
        return switch (condition.operator()) {
            case EQ -> equal(-1L, condition.value(), yes, no);
            case NE -> equal(-1L, condition.value(), no, yes);
            case MASKED_EQ -> equal(condition.value(), condition.valueTwo() & condition.value(), yes, no);
            case GE -> above(Comparison.GE, yes, no);
            case GT -> above(Comparison.GT, yes, no);
            case LT -> above(Comparison.GE, no, yes);
            case LE -> above(Comparison.GT, no, yes);
        };
    }

    /** Whether the bits under the mask are these. */
    private Label equal(long mask, long value, Label yes, Label no) {
        Label rest = isWide() ? half(high(), high(mask), high(value), yes, no) : yes;
        return half(low(), (int) mask, (int) value, rest, no);
    }

    private Label half(int offset, int mask, int value, Label yes, Label no) {
        if (mask == 0) {
            return yes;
        }
        if (mask == -1) {
            return code.load(offset, code.branch(Comparison.EQ, value, yes, no));
        }
        return value == 0
                ? code.load(offset, code.branch(Comparison.SET, mask, no, yes))
                : code.load(offset, code.mask(mask, code.branch(Comparison.EQ, value, yes, no)));
    }

    /** Whether the argument is above the value, or also equal to it: that is a matter of the low words alone. */
    private Label above(Comparison test, Label yes, Label no) {
        long value = condition.value();
        Label low = code.load(low(), code.branch(test, (int) value, yes, no));
        if (!isWide()) {
            return low;
        }
        if (high(value) == 0) {
            return code.load(high(), code.branch(Comparison.EQ, 0, low, yes));
        }
        Label equal = code.branch(Comparison.EQ, high(value), low, no);
        return code.load(high(), code.branch(Comparison.GT, high(value), yes, equal));
    }

    private boolean isWide() {
        return arch.pointerBits() == Long.SIZE;
    }

    private int low() {
        return DataWord.low(arch, condition.index());
    }

    private int high() {
        return DataWord.high(arch, condition.index());
    }

    private static int high(long value) {
        return (int) (value >>> Integer.SIZE);
    }
}
