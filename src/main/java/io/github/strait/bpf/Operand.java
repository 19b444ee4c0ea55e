package io.github.strait.bpf;

/**
 * The value that the accumulator is combined or compared with.
 *
 * @param isIndex whether it is the register X
 * @param value the constant otherwise, 0 for X
 */
public record Operand(boolean isIndex, int value) {
    /** The register X. */
    public static final Operand X = new Operand(true, 0);

    public Operand {
        if (isIndex && value != 0) {
            throw new IllegalArgumentException("X has no constant");
        }
    }

    public static Operand of(int value) {
        return new Operand(false, value);
    }
}
