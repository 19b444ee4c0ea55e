package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** How a document lists ABIs: flat, or by Moby's {@code archMap}, of which the daemon picks its machine's entry. */
final class Architectures {
    private Architectures() {}

    /** A line of {@code archMap}. */
    record Entry(Arch architecture, ImmutableSortedSet<Arch> companions) {}

    /** The ABI of an {@code SCMP_ARCH_} token, spelt exactly so. */
    static Optional<Arch> ofToken(String token) {
        return Arrays.stream(Arch.values())
                .filter(arch -> arch.scmpToken().equals(token))
                .findFirst();
    }

    /** The ABI that Moby calls so in {@code arches}; it says {@code loongarch64} where Go says {@code loong64}. */
    static Optional<Arch> ofMobyName(String name) {
        return Arrays.stream(Arch.values())
                .filter(arch -> arch.mobyName().equals(name)
                        || (arch == Arch.LOONGARCH64 && arch.label().equals(name)))
                .findFirst();
    }

    /**
     * The entries that say the same as a flat list; empty when there are none. The daemon finds an entry by the machine
     * that it was compiled for, so that a companion needs the entry of its native ABI, and one of ppc64 is never found.
     */
    static Optional<ImmutableList<Entry>> asMap(ImmutableSortedSet<Arch> architectures) {
        boolean fits = architectures.stream()
                .allMatch(arch -> arch.nativeArch() == arch
                        || (architectures.contains(arch.nativeArch()) && arch.nativeArch() != Arch.PPC64));
        return fits && !architectures.isEmpty()
                ? Optional.of(architectures.stream()
                        .filter(arch -> arch.nativeArch() == arch)
                        .map(arch -> new Entry(arch, companions(arch, architectures)))
                        .collect(ImmutableList.toImmutableList()))
                : Optional.empty();
    }

    /**
     * The ABIs that a document lists. A daemon looks at the first entry of its own machine and at no other, so that each
     * entry of a map counts for its machine alone, with those of its companions that the machine has.
     */
    static ImmutableSortedSet<Arch> of(Draft draft) {
        ImmutableSortedSet.Builder<Arch> all = ImmutableSortedSet.naturalOrder();
        draft.architectures().forEach(arch -> all.add(arch.value()));
        for (ImmutableList<Located<Arch>> entry : draft.machines()) {
            Arch machine = entry.get(0).value();
            entry.stream()
                    .map(Located::value)
                    .filter(machine.personalities()::contains)
                    .forEach(all::add);
        }
        return all.build();
    }

    /** One filter has one byte order: libseccomp refuses a flat list of both (EDOM). */
    static boolean isMixed(Set<Arch> architectures) {
        return architectures.stream().map(Arch::isBigEndian).distinct().count() > 1;
    }

    static void check(ProfileFormat format, Dialect dialect, ImmutableSortedSet<Arch> architectures) {
        boolean flat = dialect == Dialect.OCI || asMap(architectures).isEmpty();
        if (flat && isMixed(architectures)) {
            throw FormatRefusal.inexpressible(
                    format,
                    "cannot list architectures of both byte orders, " + architectures
                            + ", for runtimes refuse them; write a profile for each");
        }
    }

    private static ImmutableSortedSet<Arch> companions(Arch nativeArch, ImmutableSortedSet<Arch> architectures) {
        return architectures.stream()
                .filter(arch -> arch != nativeArch && arch.nativeArch() == nativeArch)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
    }
}
