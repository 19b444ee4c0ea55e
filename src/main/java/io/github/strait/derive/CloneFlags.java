package io.github.strait.derive;

import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.List;

/** The flags of clone3, and whether clone can stand in for it. */
final class CloneFlags {
    /** {@code CLONE_NEWTIME}, which clone3 alone has: in the flags of clone the bit belongs to the signal. */
    private static final long NEW_TIME = 0x80;

    /** {@code CLONE_CLEAR_SIGHAND}: libcs that ask for it do without when they fall back. */
    private static final long CLEAR_SIGNALS = 1L << 32;

    private static final long LOW = 0xffffffffL;

    private CloneFlags() {}

    /** Whether all flags that were seen are known, clone has them too, and they make no namespace. */
    static boolean arePlain(SyscallObservation clone3, Arch arch) {
        ArgumentValues flags = clone3.arguments().get("flags");
        if (flags == null || flags.more() || flags.unknown() > 0) {
            return false;
        }
        for (ArgumentTuple each : flags.seen().keySet()) {
            if (!isPlain(each.values().get(0), arch)) {
                return false;
            }
        }
        return true;
    }

    /** Whether clone has these flags of clone3 too, and they make no namespace. */
    static boolean isPlain(long flags, Arch arch) {
        List<CatalogueRow> rows = Catalogue.of("clone", arch);
        if (rows.isEmpty()) {
            return false;
        }
        long allowed = LOW & ~rows.get(0).forbidden() & ~NEW_TIME | CLEAR_SIGNALS;
        return (flags & ~allowed) == 0;
    }
}
