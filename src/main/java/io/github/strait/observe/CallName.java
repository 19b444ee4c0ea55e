package io.github.strait.observe;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.OldStraceName;
import io.github.strait.syscall.StraceName;
import java.util.Optional;

/**
 * The libseccomp name of the number that the kernel saw.
 *
 * @param name the name, or {@code syscall_N}
 * @param alternatives what the same text may mean instead: the direct call, where the trace does not prove the
 *     multiplexer, and the call that an old strace called so, where the trace shows that it may be one
 */
record CallName(String name, ImmutableSortedSet<String> alternatives) {

    /** Resolves a tally whose ABI is known, as a strace of that era spells. */
    static CallName of(Tally tally, Arch arch, Era era) {
        String spelling = tally.spelling.meaning();
        if (tally.spelling.abis(tally.number) != 0) {
            return proven(NamelessCall.nameOf(tally.number, arch));
        }
        Optional<OldStraceName> old = OldStraceName.of(spelling, arch);
        if (old.isPresent() && (era.endsBy(old.get().last()) || !isOfToday(spelling, arch))) {
            return proven(old.get().name());
        }
        CallName today = today(spelling, arch);
        return old.isPresent() && era.mayBe(old.get().last())
                ? today.or(old.get().name())
                : today;
    }

    private static boolean isOfToday(String spelling, Arch arch) {
        return StraceName.toLibseccomp(spelling, arch).isPresent()
                || Multiplexer.of(spelling, arch).isPresent();
    }

    /** As today's strace spells. */
    static CallName today(String spelling, Arch arch) {
        Optional<String> direct = StraceName.toLibseccomp(spelling, arch);
        Optional<String> multiplexer = Multiplexer.of(spelling, arch);
        if (multiplexer.isPresent() && !spelling.equals(multiplexer.get())) {
            if (direct.isEmpty()) {
                return proven(multiplexer.get());
            }
            // strace prints the same text for both; glibc's choice is the likelier one
            return Multiplexer.usedByLibc(multiplexer.get(), arch)
                    ? new CallName(multiplexer.get(), ImmutableSortedSet.of(direct.get()))
                    : new CallName(direct.get(), ImmutableSortedSet.of(multiplexer.get()));
        }
        return proven(
                direct.or(() -> StraceName.ofNumberSpelling(spelling, arch)).orElse(spelling));
    }

    private CallName or(String other) {
        return new CallName(
                name,
                ImmutableSortedSet.<String>naturalOrder()
                        .addAll(alternatives)
                        .add(other)
                        .build());
    }

    private static CallName proven(String name) {
        return new CallName(name, ImmutableSortedSet.of());
    }
}
