package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.StraceName;
import java.util.Optional;

/**
 * The libseccomp name of the number that the kernel saw.
 *
 * @param name the name, or {@code syscall_N}
 * @param alternatives what the same text may mean instead: the direct call, where the trace does not prove the
 *     multiplexer, and the call that an old strace called so, where the trace shows that it may be one
 */
public record CallName(String name, ImmutableSortedSet<String> alternatives) {

    /** As today's strace spells. */
    public static CallName today(String printed, Arch arch) {
        Optional<String> direct = StraceName.toLibseccomp(printed, arch);
        Optional<String> multiplexer = Multiplexer.of(printed, arch);
        if (multiplexer.isPresent() && !printed.equals(multiplexer.get())) {
            if (direct.isEmpty()) {
                return proven(multiplexer.get());
            }
            // strace prints the same text for both; glibc's choice is the likelier one
            return Multiplexer.usedByLibc(multiplexer.get(), arch)
                    ? new CallName(multiplexer.get(), ImmutableSortedSet.of(direct.get()))
                    : new CallName(direct.get(), ImmutableSortedSet.of(multiplexer.get()));
        }
        return proven(
                direct.or(() -> StraceName.ofNumberSpelling(printed, arch)).orElse(printed));
    }

    /** This name, or the other one as well. */
    public CallName or(String other) {
        return new CallName(
                name,
                ImmutableSortedSet.<String>naturalOrder()
                        .addAll(alternatives)
                        .add(other)
                        .build());
    }

    /** A name that the trace leaves no doubt of. */
    public static CallName proven(String name) {
        return new CallName(name, ImmutableSortedSet.of());
    }
}
