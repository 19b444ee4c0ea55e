package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Optional;

/** Reads the names of ABIs in a document, and the list of them. */
final class Architectures {
    private Architectures() {}

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
     * The ABIs that a document lists. A daemon looks only at the first entry of its own machine. So each entry of a map
     * counts for its machine alone, with those of its companions that the machine has.
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
}
