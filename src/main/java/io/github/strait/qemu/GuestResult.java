package io.github.strait.qemu;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands after {@code  = } in a log. Numbers of errors are the guest's.
 *
 * @param kind what the call did
 * @param error the name of its error; empty for other kinds
 */
record GuestResult(Kind kind, String error) {
    /** What a result says of its call. */
    enum Kind {
        /** It returned a value. */
        SUCCESS,
        /** The kernel returned an error. */
        ERROR,
        /** qemu returned ENOSYS, which it does for calls that it does not emulate: a kernel may do them. */
        NOT_EMULATED,
        /** Numbers that qemu uses inside, such as 513 for the end of a signal handler; or a result of another form. */
        UNKNOWN
    }

    static final GuestResult SUCCESS = new GuestResult(Kind.SUCCESS, "");
    static final GuestResult UNKNOWN = new GuestResult(Kind.UNKNOWN, "");
    static final GuestResult NOT_EMULATED = new GuestResult(Kind.NOT_EMULATED, "");

    private static final String ENOSYS = "ENOSYS";
    private static final String MEANING = "Function not implemented";
    private static final Pattern FORM =
            Pattern.compile("-1 errno=(\\d{1,5}) \\(([^()]*)\\).*|(0x[0-9a-f]+|\\d+)( \\(.*|,.*)?");
    /** How strace, which must not be mixed with qemu, prints results. */
    private static final Pattern STRACE = Pattern.compile("\\?( .*)?|-1 E[A-Z0-9]+ \\(.*|0x[0-9a-f]+ \\(.*<.*");

    private static final int WIDE = 18;
    private static final int NARROW = 10;

    static GuestResult parse(String text, Arch arch) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return UNKNOWN;
        } else if (form.group(1) == null) {
            return SUCCESS;
        }
        int number = Integer.parseInt(form.group(1));
        String name = Errno.name(number, arch).orElse("");
        return name.isEmpty() ? UNKNOWN : name.equals(ENOSYS) ? NOT_EMULATED : new GuestResult(Kind.ERROR, name);
    }

    /** Whether strace printed it. */
    static boolean isOfStrace(String text) {
        return STRACE.matcher(text).matches();
    }

    /** Whether this cannot be a result on the ABI: qemu prints all digits of an address, and what a number means. */
    static boolean isImpossible(String text, Arch arch) {
        if (text.startsWith("0x")) {
            int end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
            return end == (arch.pointerBits() == Integer.SIZE ? WIDE : NARROW);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || form.group(1) == null || !form.group(2).equals(MEANING)) {
            return false;
        }
        OptionalInt expected = Errno.number(ENOSYS, arch);
        return expected.isPresent() && expected.getAsInt() != Integer.parseInt(form.group(1));
    }
}
