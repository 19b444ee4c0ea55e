package io.github.strait.profile;

import com.google.common.base.Preconditions;
import com.google.common.primitives.ImmutableLongArray;
import io.github.strait.syscall.Arch;

/**
 * The data about one call that a filter sees: the kernel's {@code struct seccomp_data}.
 *
 * @param arch the ABI. x86_64 and x32 share a token there, so of these two the {@linkplain #abi number decides}
 * @param number the number, with bit 30 set for an x32 call
 * @param instructionPointer the address after the call
 * @param args the six arguments, unsigned
 */
public record SeccompData(Arch arch, int number, long instructionPointer, ImmutableLongArray args) {
    /** The bit that marks an x32 number. */
    public static final int X32_BIT = 0x40000000;

    /** The number that a tracer sets to skip a call; no ABI has it, and libseccomp does not count it as x32. */
    public static final int SKIPPED = -1;

    public SeccompData {
        Preconditions.checkArgument(
                args.length() == Condition.ARGUMENTS,
                "a call has %s arguments, not %s",
                Condition.ARGUMENTS,
                args.length());
    }

    /** A call from nowhere in particular; missing arguments are 0. */
    public static SeccompData of(Arch arch, int number, long... args) {
        Preconditions.checkArgument(args.length <= Condition.ARGUMENTS, "%s arguments", args.length);
        ImmutableLongArray.Builder all =
                ImmutableLongArray.builder(Condition.ARGUMENTS).addAll(args);
        for (int i = args.length; i < Condition.ARGUMENTS; i++) {
            all.add(0);
        }
        return new SeccompData(arch, number, 0, all.build());
    }

    /** The ABI that the kernel uses: {@code arch}, except that the number distinguishes x86_64 and x32. */
    public Arch abi() {
        if (arch != Arch.X86_64 && arch != Arch.X32) {
            return arch;
        }
        boolean marked = Integer.compareUnsigned(number, X32_BIT) >= 0;
        return marked && number != SKIPPED ? Arch.X32 : Arch.X86_64;
    }
}
