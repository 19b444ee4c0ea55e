package io.github.strait.syscall;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.Optional;

/** The names of the kernel's capabilities; the resource {@code capabilities.tsv} lists them. */
public final class Capability {
    private static final String PREFIX = "CAP_";
    private static final TableResource TABLE = TableResource.read(Capability.class, "capabilities.tsv");

    private static final ImmutableSortedSet<String> ALL = TABLE.rows().stream()
            .map(row -> row.get(0))
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));

    private static final ImmutableSortedSet<String> DOCKER = TABLE.rows().stream()
            .filter(row -> row.get(TABLE.column("docker")).equals("yes"))
            .map(row -> row.get(0))
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));

    private Capability() {}

    /** All names, such as {@code CAP_SYS_ADMIN}. */
    public static ImmutableSortedSet<String> all() {
        return ALL;
    }

    /** The capabilities that Docker gives to a container by default. */
    public static ImmutableSortedSet<String> ofDocker() {
        return DOCKER;
    }

    /** The capability of that name, in letters of any case, with or without {@code CAP_}. */
    public static Optional<String> find(String text) {
        String upper = Ascii.toUpperCase(text);
        String name = upper.startsWith(PREFIX) ? upper : PREFIX + upper;
        return ALL.contains(name) ? Optional.of(name) : Optional.empty();
    }
}
