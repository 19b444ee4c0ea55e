package io.github.strait.observe;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import java.util.Optional;

/**
 * The libseccomp name of the number that the kernel saw.
 *
 * @param name the name, or {@code syscall_N}
 * @param alternatives the direct call that the same text may mean, where the trace does not prove the multiplexer
 */
record CallName(String name, ImmutableSortedSet<String> alternatives) {

    /** Resolves a tally whose ABI is known. */
    static CallName of(Tally tally, Arch arch) {
        String spelling = tally.spelling.name();
        if (tally.spelling.abis(tally.number) != 0) {
            return proven(SyscallTable.of(arch)
                    .name(tally.number)
                    .orElseGet(() -> "syscall_" + Integer.toUnsignedString(tally.number)));
        }
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

    private static CallName proven(String name) {
        return new CallName(name, ImmutableSortedSet.of());
    }
}
