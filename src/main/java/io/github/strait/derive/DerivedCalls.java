package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What a program calls on an ABI on which it was not observed, by what it called on another: its calls that the ABI has
 * too, what libc makes there of the others, and what every program calls there at its start. One step: what a row gives
 * is not looked up again.
 *
 * @param source the ABI of the evidence
 * @param calls where each comes from, by libseccomp name; the best known way first, never empty for a name
 */
public record DerivedCalls(Arch source, ImmutableSortedMap<String, ImmutableList<Origin>> calls) {
    /** In what way a call follows; the best known comes first. */
    public enum Way {
        SAME,
        MAPPED,
        START
    }

    /**
     * Where a call comes from.
     *
     * @param call that of the evidence; empty for one of the start
     * @param why the reason of the row; empty for the same call
     * @param power what it can do that the evidence's call cannot; empty for nothing
     * @param isKnownOnly whether nothing measured or read stands behind the row
     */
    public record Origin(Way way, String call, String why, String power, boolean isKnownOnly) {}

    /** Derives from the names of the calls that the evidence shows. */
    public static DerivedCalls of(Arch source, Arch target, Collection<String> observed) {
        TreeMap<String, List<Origin>> calls = new TreeMap<>();
        for (String name : observed) {
            if (SyscallTable.of(target).contains(name) && !isReplaced(name, source, target)) {
                add(name, new Origin(Way.SAME, name, "", "", false), calls);
            }
        }
        for (boolean isKnownOnly : new boolean[] {false, true}) {
            for (String name : observed) {
                addRows(name, source, target, isKnownOnly, calls);
            }
            addRows("", source, target, isKnownOnly, calls);
        }
        ImmutableSortedMap.Builder<String, ImmutableList<Origin>> sealed = ImmutableSortedMap.naturalOrder();
        calls.forEach((name, origins) -> sealed.put(name, ImmutableList.copyOf(origins)));
        return new DerivedCalls(source, sealed.build());
    }

    private static boolean isReplaced(String name, Arch source, Arch target) {
        for (AbiMapRow row : AbiMapRow.of(name)) {
            if (row.isInstead() && !row.calls(source, target).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static void addRows(
            String name, Arch source, Arch target, boolean isKnownOnly, TreeMap<String, List<Origin>> calls) {
        for (AbiMapRow row : AbiMapRow.of(name)) {
            if (row.isKnownOnly() == isKnownOnly) {
                Way way = name.isEmpty() ? Way.START : Way.MAPPED;
                Origin origin = new Origin(way, name, row.reason(), row.power(), isKnownOnly);
                row.calls(source, target).forEach(call -> add(call, origin, calls));
            }
        }
    }

    private static void add(String name, Origin origin, TreeMap<String, List<Origin>> calls) {
        calls.computeIfAbsent(name, key -> new ArrayList<>()).add(origin);
    }
}
