package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.SetMultimap;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.Change;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The libraries that make calls which only one of two evidences shows, as stack frames say.
 *
 * @param name its name without version, or that of the program itself
 * @param gained the calls that it makes and only the second evidence shows
 * @param lost the calls that it made and only the first evidence shows
 */
public record LibraryChanges(String name, ImmutableSortedSet<String> gained, ImmutableSortedSet<String> lost) {
    /**
     * The libraries of the calls that differ, in the order of their names.
     *
     * @param before the libraries by call in the first evidence, without frames none
     * @param after those in the second evidence
     */
    public static ImmutableList<LibraryChanges> of(
            Difference difference, SetMultimap<String, String> before, SetMultimap<String, String> after) {
        TreeMap<String, Set<String>> gained = new TreeMap<>();
        TreeMap<String, Set<String>> lost = new TreeMap<>();
        difference.arches().values().forEach(of -> {
            add(of.gained(), after, gained);
            add(of.lost(), before, lost);
        });
        TreeSet<String> libraries = new TreeSet<>(gained.keySet());
        libraries.addAll(lost.keySet());
        return libraries.stream()
                .map(library -> new LibraryChanges(
                        library,
                        ImmutableSortedSet.copyOf(gained.getOrDefault(library, Set.of())),
                        ImmutableSortedSet.copyOf(lost.getOrDefault(library, Set.of()))))
                .collect(ImmutableList.toImmutableList());
    }

    private static void add(
            ImmutableList<Change> changes, SetMultimap<String, String> libraries, TreeMap<String, Set<String>> calls) {
        for (Change change : changes) {
            for (String library : libraries.get(change.syscall())) {
                calls.computeIfAbsent(library, key -> new TreeSet<>()).add(change.syscall());
            }
        }
    }
}
