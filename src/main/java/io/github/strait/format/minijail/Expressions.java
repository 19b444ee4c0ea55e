package io.github.strait.format.minijail;

import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions as minijail's expressions. Both of its readers want blanks around an operator, and know no parentheses. */
record Expressions(Arch abi) {
    /** Up to this number decimal is easier to read. */
    private static final long MOST_DECIMAL = 4096;

    private static final long LOW_WORD = 0xffffffffL;

    /** Conditions that must all hold. */
    String all(List<Condition> conditions) {
        return conditions.stream().map(this::of).collect(Collectors.joining(" && "));
    }

    private String of(Condition condition) {
        String argument = "arg" + condition.index();
        long value = condition.value() & word();
        return switch (condition.operator()) {
            case EQ -> argument + " == " + number(value);
            case NE -> argument + " != " + number(value);
            case LT -> argument + " < " + number(value);
            case LE -> argument + " <= " + number(value);
            case GT -> argument + " > " + number(value);
            case GE -> argument + " >= " + number(value);
            case MASKED_EQ -> masked(argument, value, condition.valueTwo() & value);
        };
    }

    /**
     * {@code in M} holds if no bit outside of M is set, and {@code & M} if some bit of M is. So there is one test for all
     * bits that must be clear, and one for each that must be set: 64 at most.
     */
    private String masked(String argument, long mask, long value) {
        if (mask == word()) {
            return argument + " == " + number(value);
        }
        StringBuilder text = new StringBuilder();
        long clear = mask & ~value;
        if (clear != 0) {
            text.append(argument).append(" in ~").append(hex(clear));
        }
        for (long set = value; set != 0; set &= set - 1) {
            text.append(text.length() == 0 ? "" : " && ")
                    .append(argument)
                    .append(" & ")
                    .append(hex(set & -set));
        }
        return text.toString();
    }

    private long word() {
        return abi.pointerBits() == 32 ? LOW_WORD : -1L;
    }

    private static String number(long value) {
        return value >= 0 && value < MOST_DECIMAL ? Long.toString(value) : hex(value);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
