package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

    /** The ABIs of a map, or the reason why they cannot be told. */
    static ImmutableSortedSet<Arch> ofMap(ImmutableList<Entry> entries) {
        Set<Arch> all = new TreeSet<>();
        entries.forEach(entry -> {
            all.add(entry.architecture());
            all.addAll(entry.companions());
        });
        for (Entry entry : entries) {
            Set<Arch> group = new TreeSet<>(entry.companions());
            group.add(entry.architecture());
            for (Arch arch : all) {
                if (group.contains(arch)
                        != (arch.nativeArch() == entry.architecture().nativeArch())) {
                    throw new IllegalArgumentException(
                            "the archMap entry of " + entry.architecture().scmpToken() + " and the others disagree on "
                                    + arch.scmpToken() + "; list every ABI of a machine in each entry of that machine");
                }
            }
        }
        ImmutableSortedSet<Arch> architectures = ImmutableSortedSet.copyOf(all);
        if (isMixed(architectures) && asMap(architectures).isEmpty()) {
            throw new IllegalArgumentException("archMap has both byte orders, and an entry that no daemon finds because"
                    + " it is not of a machine's own ABI; add the entry of that ABI or write a profile for each");
        }
        return architectures;
    }

    /** One filter has one byte order: libseccomp refuses a flat list of both (EDOM). */
    static boolean isMixed(Set<Arch> architectures) {
        return architectures.stream().map(Arch::isBigEndian).distinct().count() > 1;
    }

    static void check(ProfileFormat format, Dialect dialect, ImmutableSortedSet<Arch> architectures) {
        boolean flat = dialect == Dialect.OCI || asMap(architectures).isEmpty();
        if (flat && isMixed(architectures)) {
            throw FormatException.inexpressible(
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
