package io.github.strait.bpf;

/** The test of a branch on the accumulator. Comparisons are unsigned. */
public enum Comparison {
    EQ(0x10),
    GT(0x20),
    GE(0x30),
    /** Whether they have a bit in common. */
    SET(0x40);

    private final int code;

    Comparison(int code) {
        this.code = code;
    }

    /** The bits of the opcode, {@code BPF_OP} in {@code linux/bpf_common.h}. */
    int code() {
        return code;
    }

    boolean holds(int a, int b) {
        return switch (this) {
            case EQ -> a == b;
            case GT -> Integer.compareUnsigned(a, b) > 0;
            case GE -> Integer.compareUnsigned(a, b) >= 0;
            case SET -> (a & b) != 0;
        };
    }
}
