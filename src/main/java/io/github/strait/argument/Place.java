package io.github.strait.argument;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.TableResource;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a call a row of the {@link Catalogue} looks at.
 *
 * @param registers those that are compared together, in order, from 0; none for the flags in the memory that clone3
 *     points to
 * @param bits how many of each the kernel reads
 * @param isPointer whether only NULL or not counts
 */
public record Place(ImmutableList<Integer> registers, int bits, boolean isPointer) {
    private static final String FLAGS = "flags";
    private static final String POINTER = "pointer";

    /** Reads the cells of the resource: {@code 0 1 2} or {@code flags}, and a number of bits or {@code pointer}. */
    static Place parse(String at, String bits) {
        ImmutableList.Builder<Integer> registers = ImmutableList.builder();
        if (!at.equals(FLAGS)) {
            for (String register : TableResource.words(at)) {
                registers.add(Integer.valueOf(register));
            }
        }
        boolean isPointer = bits.equals(POINTER);
        return new Place(registers.build(), isPointer ? Long.SIZE : Integer.parseInt(bits), isPointer);
    }

    /** One register, of which the kernel reads an int. */
    public static Place ofRegister(int register) {
        return new Place(ImmutableList.of(register), Integer.SIZE, false);
    }

    /** Whether {@link #toString} may spell a place so: ascending numbers of registers, or {@code flags}. */
    public static boolean isSpelling(String text) {
        if (text.equals(FLAGS)) {
            return true;
        }
        char last = '0' - 1;
        for (int i = 0; i < text.length(); i += 2) {
            char register = text.charAt(i);
            boolean isNext = register > last && register < '0' + Argument.COUNT;
            if (!isNext || (i > 0 && text.charAt(i - 1) != ' ')) {
                return false;
            }
            last = register;
        }
        return text.length() % 2 == 1;
    }

    /** Whether the value is in memory, where no filter looks. */
    public boolean isMemory() {
        return registers.isEmpty();
    }

    /** How many values a tuple of it has. */
    public int size() {
        return isMemory() ? 1 : registers.size();
    }

    /** What counts of a value: the bits that the kernel reads, or for a pointer 0 for NULL and 1 for any other. */
    public long cut(long value) {
        if (isPointer) {
            return value == 0 ? 0 : 1;
        }
        return value & mask();
    }

    /** The bits of a register that the kernel reads. */
    public long mask() {
        return -1L >>> (Long.SIZE - bits);
    }

    /** For people: {@code arguments 0, 1 and 2}, {@code flags}. */
    public String words() {
        if (isMemory()) {
            return FLAGS;
        }
        int last = registers.size() - 1;
        if (last == 0) {
            return "argument " + registers.get(0);
        }
        return "arguments " + Joiner.on(", ").join(registers.subList(0, last)) + " and " + registers.get(last);
    }

    // hand-written: a record's generated methods are linked on first use, which slows start-up
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place that
                && bits == that.bits
                && isPointer == that.isPointer
                && registers.equals(that.registers);
    }

    @Override
    public int hashCode() {
        return 31 * registers.hashCode() + bits;
    }

    /** As observations write it: {@code 0 1 2}, {@code flags}. */
    @Override
    public String toString() {
        if (isMemory()) {
            return FLAGS;
        }
        StringBuilder text = new StringBuilder();
        for (int register : registers) {
            text.append(text.isEmpty() ? "" : " ").append(register);
        }
        return text.toString();
    }
}
