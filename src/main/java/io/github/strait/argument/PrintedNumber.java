package io.github.strait.argument;

import com.google.common.base.Splitter;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as strace prints it: {@code 3}, {@code 0x8}, {@code 0755}, {@code NULL}, {@code -100 /* AT_FDCWD *}{@code /},
 * {@code 5</dev/null>}, {@code CLONE_VM|SIGCHLD}, and {@code |} between any of them.
 */
final class PrintedNumber {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/");
    private static final Pattern NUMBER = Pattern.compile("(-?)(0x[0-9a-f]{1,16}|[0-9]{1,20})(?:<[^|]*>)?");
    private static final String NULL = "NULL";

    private PrintedNumber() {}

    /**
     * The known part of the register. strace prints an argument by the kernel's prototype. Most are ints: strace shows
     * the low half, but a filter also looks at the high half, where the program may have left anything. A number that
     * fits an int therefore proves its low half only. A longer one is printed in full, and so is NULL, a pointer. On
     * ABIs with 32-bit addresses filters look at the low half alone.
     */
    static Argument argument(String text, Arch arch) {
        OptionalLong value = value(text, arch);
        if (value.isEmpty()) {
            return Argument.UNKNOWN;
        }
        long printed = value.getAsLong();
        boolean isWhole = isLong(text, printed) || text.equals(NULL);
        return isWhole && arch.pointerBits() > Integer.SIZE ? Argument.of(printed) : Argument.low(printed);
    }

    /** Whether a number has more digits than an int could; a small negative one that has none of them may be an int. */
    private static boolean isLong(String text, long printed) {
        boolean isUnsigned = Character.digit(text.charAt(0), 10) >= 0;
        return printed >>> Integer.SIZE != 0 && (printed != (int) printed || isUnsigned);
    }

    private static OptionalLong value(String text, Arch arch) {
        long sum = 0;
        for (String part :
                Splitter.on('|').trimResults().split(COMMENT.matcher(text).replaceAll(""))) {
            OptionalLong value = one(part, arch);
            if (value.isEmpty()) {
                return value;
            }
            sum |= value.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static OptionalLong one(String part, Arch arch) {
        if (part.equals(NULL)) {
            return OptionalLong.of(0);
        }
        int path = part.indexOf('<');
        String name = path > 0 ? part.substring(0, path) : part;
        Optional<NamedConstant> constant = NamedConstant.find(name);
        if (constant.isPresent()) {
            return constant.get().on(arch);
        }
        Matcher number = NUMBER.matcher(part);
        if (!number.matches()) {
            return OptionalLong.empty();
        }
        try {
            long magnitude = magnitude(number.group(2));
            return OptionalLong.of(number.group(1).isEmpty() ? magnitude : -magnitude);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long magnitude(String digits) {
        if (digits.startsWith("0x")) {
            return Long.parseUnsignedLong(digits, 2, digits.length(), 16);
        }
        boolean isOctal = digits.length() > 1 && digits.charAt(0) == '0';
        return Long.parseUnsignedLong(digits, isOctal ? 8 : 10);
    }
}
