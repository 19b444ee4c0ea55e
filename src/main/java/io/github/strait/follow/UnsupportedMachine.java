package io.github.strait.follow;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.OtherMachine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Evidence in a trace of a machine without a table.
 *
 * @param what what shows it, such as the library that was loaded
 * @param bits the width of its addresses, 0 when that is not known
 * @param by who says it
 */
record UnsupportedMachine(OtherMachine machine, String what, int bits, SourcePosition position, By by) {
    /** The witnesses for a machine, best first. */
    enum By {
        /** The contents of a signal. */
        KERNEL,
        /** It loads libraries at home. */
        LOADER,
        /** strace, if these are its words. */
        NAME
    }

    /** The one to report: that of the better witness, then the earlier. */
    static @Nullable UnsupportedMachine first(@Nullable UnsupportedMachine one, @Nullable UnsupportedMachine other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.by != other.by) {
            return one.by.compareTo(other.by) < 0 ? one : other;
        }
        return one.position.compareTo(other.position) <= 0 ? one : other;
    }

    /** Whether what is known of the ABI rules the machine out: a file of it was merely read. */
    boolean isRuledOutBy(int candidates) {
        if (by == By.KERNEL) {
            return false;
        }
        boolean otherWidth = bits == Integer.SIZE && (candidates & Abis.NARROW) == 0;
        int alike = Abis.where(machine.alike()::contains);
        return otherWidth || (isOfOneMachine(candidates) && (candidates & alike) == 0);
    }

    private static boolean isOfOneMachine(int candidates) {
        return Arrays.stream(Arch.values()).anyMatch(each -> (candidates & ~Abis.personalities(each)) == 0);
    }

    /** Why the trace is refused, whatever machine was declared. */
    RefusalException refusal(String declared) {
        return RefusalException.of("no-table", position, message(declared));
    }

    private String message(String declared) {
        String cannotBe = declared.isEmpty() ? "" : "--arch " + declared + " cannot be: ";
        return cannotBe + what + " is of " + machine.label()
                + ", which strait has no syscall table for; record on another" + " machine, such as "
                + Arch.X86_64.label() + " or " + Arch.AARCH64.label();
    }
}
