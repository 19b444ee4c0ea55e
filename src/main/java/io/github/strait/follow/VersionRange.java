package io.github.strait.follow;

import io.github.strait.observation.CallName;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.OldStraceName;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.StraceVersion;
import java.util.Optional;

/**
 * The versions of strace that can have written a run, judged by its style: one that prints {@code [/* 9 vars *}{@code
 * /]} is not newer than 4.16. Evidence that contradicts earlier evidence is forged, or of a second strace, and changes
 * nothing.
 */
final class VersionRange {
    private static final StraceVersion FIRST = new StraceVersion(0, 0);
    private static final StraceVersion LAST = new StraceVersion(Integer.MAX_VALUE, 0);

    private StraceVersion from = FIRST;
    private StraceVersion to = LAST;

    /** The style ended with this version. */
    void notAfter(StraceVersion version) {
        if (version.compareTo(from) >= 0 && version.compareTo(to) < 0) {
            to = version;
        }
    }

    /** The style began with this version. */
    void notBefore(StraceVersion version) {
        if (version.compareTo(to) <= 0 && version.compareTo(from) > 0) {
            from = version;
        }
    }

    /** Whether no newer version than this one can have written the run. */
    boolean endsBy(StraceVersion version) {
        return to.compareTo(version) <= 0;
    }

    /** Whether no older version than this one can have written the run. */
    boolean beginsWith(StraceVersion version) {
        return from.compareTo(version) >= 0;
    }

    /** Whether the style shows that the run is old, and this version or an older one may have written it. */
    boolean mayBe(StraceVersion version) {
        return to.compareTo(LAST) < 0 && from.compareTo(version) <= 0;
    }

    /** The call that a tally whose ABI is known counts, as a strace of these versions spells it. */
    CallName name(Tally tally, Arch arch) {
        String printed = tally.printed.meaning();
        if (tally.printed.abis(tally.number) != 0) {
            return CallName.proven(NamelessCall.nameOf(tally.number, arch));
        }
        Optional<OldStraceName> old = tally.printed.old(arch);
        if (old.isPresent() && (endsBy(old.get().last()) || !isOfToday(printed, arch))) {
            return CallName.proven(old.get().name());
        }
        CallName today = tally.printed.today(arch);
        return old.isPresent() && mayBe(old.get().last()) ? today.or(old.get().name()) : today;
    }

    private static boolean isOfToday(String printed, Arch arch) {
        return StraceName.toLibseccomp(printed, arch).isPresent()
                || Multiplexer.of(printed, arch).isPresent();
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
