package io.github.strait.argument;

import com.google.common.base.Splitter;
import io.github.strait.syscall.Arch;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as strace prints it: {@code 3}, {@code 0x8}, {@code 0755}, {@code NULL}, {@code -100 /* AT_FDCWD *}{@code /},
 * {@code 5</dev/null>}, {@code CLONE_VM|SIGCHLD} and {@code |} between any of them, {@code FICLONE or BTRFS_IOC_CLONE},
 * {@code 21<<MAP_HUGE_SHIFT}, and {@code QCMD(Q_SYNC, USRQUOTA)} and the other {@link PrintedMacro}s.
 */
final class PrintedNumber {
    private static final Pattern NUMBER = Pattern.compile("(-?)(0x[0-9a-f]{1,16}|[0-9]{1,20})(?:<[^|]*>)?");
    private static final Splitter ALTERNATIVES = Splitter.on(" or ").trimResults();
    private static final String NULL = "NULL";
    private static final String SHIFT = "<<";

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

    /** The number; empty when a part of the text has none, or the text names two. */
    static OptionalLong value(String text, Arch arch) {
        String bare = text.indexOf('*') < 0 ? text : withoutComments(text);
        OptionalLong found = OptionalLong.empty();
        for (String alternative : ALTERNATIVES.split(bare)) {
            OptionalLong value = sum(alternative, arch);
            if (found.isPresent() && value.isPresent() && !found.equals(value)) {
                return OptionalLong.empty();
            }
            found = value.isPresent() ? value : found;
        }
        return found;
    }

    /** The text outside of comments, which strace puts into one another; all of it where one does not end. */
    private static String withoutComments(String text) {
        StringBuilder bare = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (depth > 0 && text.startsWith("*/", i)) {
                depth--;
                i++;
            } else if (depth == 0) {
                bare.append(text.charAt(i));
            }
        }
        return depth == 0 ? bare.toString() : text;
    }

    /** The parts between {@code |} together. */
    private static OptionalLong sum(String text, Arch arch) {
        long sum = 0;
        int end;
        for (int start = 0; start <= text.length(); start = end + 1) {
            end = PrintedMacro.end(text, start, '|');
            OptionalLong value = one(text.substring(start, end).strip(), arch);
            if (value.isEmpty()) {
                return value;
            }
            sum |= value.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static OptionalLong one(String part, Arch arch) {
        if (part.isEmpty() || Character.isDigit(part.charAt(0)) || part.charAt(0) == '-') {
            return shifted(part, arch);
        }
        if (part.equals(NULL)) {
            return OptionalLong.of(0);
        }
        if (part.endsWith(")")) {
            return PrintedMacro.value(part, arch);
        }
        int path = part.indexOf('<');
        return NamedConstant.value(path > 0 ? part.substring(0, path) : part, arch);
    }

    private static OptionalLong shifted(String part, Arch arch) {
        int shift = part.indexOf(SHIFT);
        if (shift < 0) {
            return digits(part);
        }
        OptionalLong value = digits(part.substring(0, shift));
        OptionalLong by = NamedConstant.value(part.substring(shift + SHIFT.length()), arch);
        boolean isKnown = value.isPresent() && by.isPresent();
        return isKnown ? OptionalLong.of(value.getAsLong() << by.getAsLong()) : OptionalLong.empty();
    }

    /** The number that digits alone spell, or those of a descriptor, with its path behind it. */
    static OptionalLong digits(String part) {
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
