package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A version of the library that turns names into numbers on the machine: a name that it does not know does nothing. The
 * resource {@code libseccomp-versions.tsv} lists them, the oldest first.
 *
 * @param version as {@code --libseccomp} takes it
 * @param kernel the kernel whose calls it knows
 * @param shipped the distributions that ship it; may be empty
 */
public record Libseccomp(String version, KernelVersion kernel, String shipped) {
    private static final ImmutableList<Libseccomp> ALL = TableResource.read("libseccomp-versions.tsv").rows().stream()
            .map(Libseccomp::of)
            .collect(ImmutableList.toImmutableList());

    /** The oldest that a distribution with current support ships. */
    public static Libseccomp oldest() {
        return ALL.get(0);
    }

    public static ImmutableList<Libseccomp> all() {
        return ALL;
    }

    public static Optional<Libseccomp> find(String version) {
        return ALL.stream().filter(one -> one.version.equals(version)).findFirst();
    }

    /** Whether it knows the call; a name without a kernel version is older than any library. */
    public boolean knows(String syscall) {
        return Syscalls.since(syscall)
                .map(since -> since.compareTo(kernel) <= 0)
                .orElse(true);
    }

    /** The first version that knows the call. */
    public static Optional<Libseccomp> firstToKnow(String syscall) {
        return ALL.stream().filter(one -> one.knows(syscall)).findFirst();
    }

    private static Libseccomp of(List<String> row) {
        return new Libseccomp(row.get(0), KernelVersion.parse(row.get(1)), row.get(2));
    }
}
