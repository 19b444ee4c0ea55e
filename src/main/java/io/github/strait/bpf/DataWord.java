package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import io.github.strait.profile.Condition;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.OptionalInt;

/**
 * The 32-bit words of {@code struct seccomp_data}: the number at 0, the architecture at 4, the instruction pointer at 8,
 * six arguments from 16. A 64-bit field is two words, in the byte order of the machine.
 */
final class DataWord {
    /** The size of the structure in bytes. */
    static final int SIZE = 64;

    static final int NUMBER = 0;
    static final int ARCH = 4;
    private static final int ARGUMENTS = 16;

    private DataWord() {}

    /** Where the low half of an argument is. */
    static int low(Arch arch, int argument) {
        return half(arch, argument, arch.isBigEndian());
    }

    /** Where the high half of an argument is. */
    static int high(Arch arch, int argument) {
        return half(arch, argument, !arch.isBigEndian());
    }

    private static int half(Arch arch, int argument, boolean isSecond) {
        Preconditions.checkElementIndex(argument, Condition.ARGUMENTS);
        return ARGUMENTS + argument * Long.BYTES + (isSecond ? Integer.BYTES : 0);
    }

    /** The argument whose half is at an offset; empty for the other words. */
    static OptionalInt argument(int offset) {
        return offset < ARGUMENTS ? OptionalInt.empty() : OptionalInt.of((offset - ARGUMENTS) / Long.BYTES);
    }

    /** The value that a load at this offset gives on the machine that makes the call. */
    static int of(SeccompData data, int offset) {
        return switch (offset) {
            case NUMBER -> data.number();
            case ARCH -> data.arch().auditToken();
            default -> {
                long field = offset < ARGUMENTS
                        ? data.instructionPointer()
                        : data.args().get((offset - ARGUMENTS) / Long.BYTES);
                boolean isSecond = offset % Long.BYTES != 0;
                yield isSecond == data.arch().isBigEndian() ? (int) field : (int) (field >>> Integer.SIZE);
            }
        };
    }

    /** How an offset reads in a listing: {@code nr}, {@code arch}, {@code ip.low}, {@code arg0.high}. */
    static String name(int offset, boolean isBigEndian) {
        if (offset == NUMBER) {
            return "nr";
        }
        if (offset == ARCH) {
            return "arch";
        }
        String field = offset < ARGUMENTS ? "ip" : "arg" + (offset - ARGUMENTS) / Long.BYTES;
        boolean isSecond = offset % Long.BYTES != 0;
        return field + (isSecond == isBigEndian ? ".low" : ".high");
    }
}
