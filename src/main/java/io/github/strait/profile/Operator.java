package io.github.strait.profile;

import java.util.Arrays;
import java.util.Optional;

/** How a condition compares an argument with its value; every comparison is of unsigned 64-bit numbers. */
public enum Operator {
    NE,
    LT,
    LE,
    EQ,
    GE,
    GT,
    /**
     * {@code (argument & value) == (valueTwo & value)}. The runtime specification does not mask {@code valueTwo}, but
     * libseccomp does (measured with 2.5.4), so bits outside the mask never make a condition unsatisfiable.
     */
    MASKED_EQ;

    private static final String TOKEN_PREFIX = "SCMP_CMP_";

    /** The token of OCI documents, such as {@code SCMP_CMP_MASKED_EQ}. */
    public String token() {
        return TOKEN_PREFIX + name();
    }

    /** Whether {@code valueTwo} means anything: it does for {@link #MASKED_EQ} alone. */
    public boolean takesValueTwo() {
        return this == MASKED_EQ;
    }

    /** Whether the argument satisfies the comparison; the longs hold unsigned numbers. */
    public boolean test(long argument, long value, long valueTwo) {
        return switch (this) {
            case NE -> argument != value;
            case LT -> Long.compareUnsigned(argument, value) < 0;
            case LE -> Long.compareUnsigned(argument, value) <= 0;
            case EQ -> argument == value;
            case GE -> Long.compareUnsigned(argument, value) >= 0;
            case GT -> Long.compareUnsigned(argument, value) > 0;
            case MASKED_EQ -> ((argument ^ valueTwo) & value) == 0;
        };
    }

    /** The operator of a {@link #token}. */
    public static Optional<Operator> find(String token) {
        return Arrays.stream(values())
                .filter(operator -> operator.token().equals(token))
                .findFirst();
    }
}
