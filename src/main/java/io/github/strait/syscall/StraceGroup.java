package io.github.strait.syscall;

import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The calls that {@code strace -e trace=%GROUP} shows, as measured; see {@code strace-groups.tsv}. */
public final class StraceGroup {
    private static final Map<String, ImmutableSet<String>> GROUPS = groups();

    private StraceGroup() {}

    private static Map<String, ImmutableSet<String>> groups() {
        Map<String, ImmutableSet<String>> groups = new LinkedHashMap<>();
        TableResource.read(StraceGroup.class, "strace-groups.tsv")
                .rows()
                .forEach(row -> groups.put(row.get(0), ImmutableSet.copyOf(TableResource.words(row.get(1)))));
        return groups;
    }

    /** The first group, {@code %file}, that has all these calls under strace's names; empty when none has. */
    public static Optional<String> of(Collection<String> names) {
        return GROUPS.entrySet().stream()
                .filter(group -> group.getValue().containsAll(names))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
