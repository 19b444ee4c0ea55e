package io.github.strait.profile;

import io.github.strait.diagnostic.RefusalException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The checks that rules and profiles share. */
final class ValueChecks {
    /** The kernel caps an errno at this (MAX_ERRNO). */
    static final int MAX_ERRNO = 4095;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    private ValueChecks() {}

    /** The refusal of a value that no runtime accepts, or that runtimes misread. */
    static RefusalException illegal(String message) {
        return RefusalException.of("illegal-profile", message);
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw illegal("'" + name + "' is not a syscall name; letters, digits and _ only");
        }
    }

    /** Refuses what is empty, and lone surrogates, which no UTF-8 document can hold. */
    static void checkText(String what, String text) {
        if (text.isEmpty()) {
            throw illegal("an empty " + what + " says nothing; leave it out");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw illegal("the " + what + " is not well-formed Unicode");
        }
    }

    static void checkErrno(String what, Action action, OptionalInt errno, int least) {
        if (errno.isEmpty()) {
            return;
        }
        if (!action.takesErrno()) {
            throw illegal(what + " goes with SCMP_ACT_ERRNO and SCMP_ACT_TRACE only, not " + action.token());
        }
        if (errno.getAsInt() < least || errno.getAsInt() > MAX_ERRNO) {
            throw illegal(what + " " + errno.getAsInt() + " is outside " + least + " to " + MAX_ERRNO);
        }
    }
}
