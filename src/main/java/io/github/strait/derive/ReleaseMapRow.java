package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import io.github.strait.syscall.TableResource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a call of a program of one libc is with another: a row of the resource {@code release-map.tsv}.
 *
 * @param source the call that the evidence shows; empty for what every program calls at its start
 * @param from the libcs whose evidence cannot show the calls of the row for what the source call is for
 * @param targets the libcs that the row is for
 * @param calls what is called there
 * @param power what the calls can do that the source call cannot; empty for nothing
 * @param reason why they are made
 * @param programs how many measured programs needed it
 */
record ReleaseMapRow(
        String source,
        ImmutableSet<MappedLibc> from,
        ImmutableSet<MappedLibc> targets,
        ImmutableList<String> calls,
        String power,
        String reason,
        AbiMapRow.Proof proof,
        int programs) {
    private static final ImmutableListMultimap<String, ReleaseMapRow> BY_SOURCE = Multimaps.index(
            TableResource.read(ReleaseMapRow.class, "release-map.tsv").rows(ReleaseMapRow::of), ReleaseMapRow::source);

    /** The rows of a call, in the order of the resource; those of the start for the empty name. */
    static ImmutableList<ReleaseMapRow> of(String source) {
        return BY_SOURCE.get(source);
    }

    /** All rows. */
    static Collection<ReleaseMapRow> all() {
        return BY_SOURCE.values();
    }

    private static ReleaseMapRow of(List<String> row) {
        return new ReleaseMapRow(
                row.get(0).equals("@start") ? "" : row.get(0),
                MappedLibc.parse(row.get(1)),
                MappedLibc.parse(row.get(2)),
                TableResource.words(row.get(3)),
                row.get(4).equals(TableResource.ABSENT) ? "" : row.get(4),
                row.get(5),
                AbiMapRow.Proof.valueOf(row.get(6).toUpperCase(Locale.ROOT)),
                Integer.parseInt(row.get(7)));
    }

    /**
     * Whether the evidence can be of a libc whose evidence could not have shown the calls, and the row is for one of the
     * libcs that the program is to run with.
     */
    boolean counts(Set<MappedLibc> evidence, Set<MappedLibc> wanted) {
        return !Collections.disjoint(from, evidence) && !Collections.disjoint(targets, wanted);
    }

    /** {@code stands in for newfstatat: since 2.39 glibc asks about open files with it (measured, 43 programs)}. */
    String why() {
        String known = switch (proof) {
            case MEASURED -> " (measured, " + programs + (programs == 1 ? " program)" : " programs)");
            case READ -> " (read from what libc functions call)";
            case KNOWN -> " (known, not measured)";
        };
        String more = power.isEmpty() ? "" : ", and adds power: it " + power;
        return (source.isEmpty() ? "at the start: " : "stands in for " + source + ": ") + reason + more + known;
    }
}
