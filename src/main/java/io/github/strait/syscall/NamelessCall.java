package io.github.strait.syscall;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A number that no table has a name for: strait calls it {@code syscall_N}, in unsigned decimal without leading zeros.
 * {@link StraceName#ofNumberSpelling} reads how the versions of strace spell such a number.
 */
public final class NamelessCall {
    /** The text before the number. */
    public static final String PREFIX = "syscall_";

    private NamelessCall() {}

    /** The libseccomp name of a number on an ABI, or {@code syscall_N} when it has none. */
    public static String nameOf(int number, Arch arch) {
        Optional<String> name = SyscallTable.of(arch).name(number);
        return name.isPresent() ? name.get() : PREFIX + Integer.toUnsignedString(number);
    }

    /** Whether a name of strait's is of this form. */
    public static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    /** The digits of {@code syscall_N}, for messages. */
    public static String digits(String name) {
        return name.substring(PREFIX.length());
    }

    /** The number of {@code syscall_N}; empty for a name of another form. */
    public static OptionalInt number(String name) {
        if (!isOne(name)) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseUnsignedInt(digits(name));
            return Integer.toUnsignedString(number).equals(digits(name)) ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
