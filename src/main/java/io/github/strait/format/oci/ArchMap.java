package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Optional;

/** Moby's {@code archMap}: a list of ABIs for each machine. The daemon picks the entry of its own machine. */
public final class ArchMap {
    private ArchMap() {}

    /** The list for one machine: its native ABI, and those beside it. */
    public record Entry(Arch architecture, ImmutableSortedSet<Arch> companions) {}

    /**
     * The entries that say the same as a flat list; empty when there are none. The daemon finds an entry by the machine
     * that it was compiled for. So a companion needs the entry of its native ABI, and an entry for ppc64 is never
     * found.
     */
    public static Optional<ImmutableList<Entry>> of(ImmutableSortedSet<Arch> architectures) {
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

    private static ImmutableSortedSet<Arch> companions(Arch nativeArch, ImmutableSortedSet<Arch> architectures) {
        return architectures.stream()
                .filter(arch -> arch != nativeArch && arch.nativeArch() == nativeArch)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
    }
}
