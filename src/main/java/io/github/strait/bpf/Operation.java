package io.github.strait.bpf;

/** Arithmetic on the accumulator, modulo 2<sup>32</sup>. The kernel refuses MOD in a seccomp filter. */
public enum Operation {
    ADD(0x00),
    SUB(0x10),
    MUL(0x20),
    /** Unsigned. When X is 0, division by X ends the filter and returns 0. */
    DIV(0x30),
    OR(0x40),
    AND(0x50),
    /** By the low five bits of X. */
    LSH(0x60),
    /** By the low five bits of X. */
    RSH(0x70),
    XOR(0xa0);

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /** The bits of the opcode, {@code BPF_OP} in {@code linux/bpf_common.h}. */
    int code() {
        return code;
    }

    boolean isShift() {
        return this == LSH || this == RSH;
    }

    /** The result; the caller has excluded a division by 0. */
    int apply(int a, int b) {
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> Integer.divideUnsigned(a, b);
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << b;
            case RSH -> a >>> b;
            case XOR -> a ^ b;
        };
    }
}
