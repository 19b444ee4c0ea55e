package io.github.strait.profile;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a rule applies, in Moby's terms: its {@code includes} and {@code excludes}. Docker and Podman evaluate it
 * before they hand the profile to the runtime; plain OCI has no such thing.
 */
public record Scope(Clause includes, Clause excludes) {
    /** No restriction. */
    public static final Scope EVERYWHERE = new Scope(Clause.NONE, Clause.NONE);

    /**
     * The contents of {@code includes} or {@code excludes}. Empty parts do not restrict the scope.
     *
     * @param arches native architectures of the machine, not ABIs of calls
     * @param caps capabilities in the bounding set, such as {@code CAP_SYS_ADMIN}; other text is refused, because a
     *     misspelt capability silently never matches
     * @param minKernel the first kernel, without a patch level, which Moby refuses
     */
    public record Clause(
            ImmutableSortedSet<Arch> arches, ImmutableSortedSet<String> caps, Optional<KernelVersion> minKernel) {
        /** A clause that says nothing. */
        public static final Clause NONE =
                new Clause(ImmutableSortedSet.of(), ImmutableSortedSet.of(), Optional.empty());

        private static final Pattern CAPABILITY = Pattern.compile("CAP_[A-Z0-9_]+");

        public Clause {
            for (String cap : caps) {
                if (!CAPABILITY.matcher(cap).matches()) {
                    throw ValueChecks.illegal("'" + cap + "' is not a capability such as CAP_SYS_ADMIN");
                }
            }
            minKernel.ifPresent(version -> {
                if (version.patch() != 0) {
                    throw ValueChecks.illegal("minKernel takes MAJOR.MINOR such as 5.3, not " + version);
                }
            });
        }

        public boolean isEmpty() {
            return arches.isEmpty() && caps.isEmpty() && minKernel.isEmpty();
        }
    }

    public boolean isEverywhere() {
        return includes.isEmpty() && excludes.isEmpty();
    }

    /** Whether a rule of this scope counts on a machine, on some kernel and with some capabilities. */
    public boolean mayApply(Arch nativeArch) {
        return (includes.arches().isEmpty() || includes.arches().contains(nativeArch))
                && !excludes.arches().contains(nativeArch);
    }

    /**
     * Whether a rule of this scope counts on such a machine. As in Moby: everything that {@code includes} lists must
     * hold, all of its capabilities among it; one thing of {@code excludes} is enough to drop the rule.
     */
    public boolean applies(Arch nativeArch, Set<String> caps, KernelVersion kernel) {
        boolean excluded = excludes.arches().contains(nativeArch)
                || excludes.caps().stream().anyMatch(caps::contains)
                || excludes.minKernel()
                        .filter(min -> kernel.compareTo(min) >= 0)
                        .isPresent();
        return !excluded
                && (includes.arches().isEmpty() || includes.arches().contains(nativeArch))
                && caps.containsAll(includes.caps())
                && includes.minKernel().filter(min -> kernel.compareTo(min) < 0).isEmpty();
    }
}
