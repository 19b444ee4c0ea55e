package io.github.strait.observe;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.OtherMachine;
import org.jspecify.annotations.Nullable;

/**
 * What a trace shows of a machine that no table is of.
 *
 * @param what what shows it, such as the library that was loaded
 * @param bits the width of its addresses, 0 when that is not known
 * @param proven whether the kernel itself says it; else it is what a loader does at home
 */
record Stranger(OtherMachine machine, String what, int bits, SourcePosition position, boolean proven) {

    /** The one to tell of: the kernel's word, and then the earlier. */
    static @Nullable Stranger first(@Nullable Stranger one, @Nullable Stranger other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.proven != other.proven) {
            return one.proven ? one : other;
        }
        return one.position.compareTo(other.position) <= 0 ? one : other;
    }

    /** Whether what is known of the ABI rules the machine out: a file of it was merely read. */
    boolean isRuledOutBy(int candidates) {
        if (proven) {
            return false;
        }
        boolean otherWidth = bits == Integer.SIZE && (candidates & Abis.NARROW) == 0;
        int alike = Abis.where(machine.alike()::contains);
        return otherWidth || (Abis.isSingle(candidates) && (candidates & alike) == 0);
    }

    /** The complaint, as it goes on behind the position. */
    String message(String declared) {
        String cannotBe = declared.isEmpty() ? "" : "--arch " + declared + " cannot be: ";
        return cannotBe + what + " is of " + machine.label() + ", which strait has no syscall table for; record on another"
                + " machine, such as " + Arch.X86_64.label() + " or " + Arch.AARCH64.label();
    }
}
