package io.github.strait.profile;

import com.google.common.base.Preconditions;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The checks that rules and profiles share. */
final class Checks {
    /** The kernel caps an errno at this (MAX_ERRNO). */
    static final int MAX_ERRNO = 4095;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    private Checks() {}

    static void checkName(String name) {
        Preconditions.checkArgument(
                NAME.matcher(name).matches(), "'%s' is not a syscall name; letters, digits and _ only", name);
    }

    /** Refuses what is empty, and lone surrogates, which no UTF-8 document can hold. */
    static void checkText(String what, String text) {
        Preconditions.checkArgument(!text.isEmpty(), "an empty %s says nothing; leave it out", what);
        Preconditions.checkArgument(
                StandardCharsets.UTF_8.newEncoder().canEncode(text), "the %s is not well-formed Unicode", what);
    }

    static void checkErrno(String what, Action action, OptionalInt errno, int least) {
        if (errno.isEmpty()) {
            return;
        }
        Preconditions.checkArgument(
                action.takesErrno(),
                "%s goes with SCMP_ACT_ERRNO and SCMP_ACT_TRACE only, not %s",
                what,
                action.token());
        Preconditions.checkArgument(
                errno.getAsInt() >= least && errno.getAsInt() <= MAX_ERRNO,
                "%s %s is outside %s to %s",
                what,
                errno.getAsInt(),
                least,
                MAX_ERRNO);
    }
}
