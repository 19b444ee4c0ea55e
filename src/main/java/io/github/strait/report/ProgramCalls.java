package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.TreeMultimap;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls of one program. Evidence names at most {@value SyscallObservation#PROGRAMS} programs of each call of a run.
 *
 * @param program its path; empty for calls before any execve that the evidence shows
 * @param calls the names on each architecture
 * @param alone those that no other program made
 */
public record ProgramCalls(
        String program,
        ImmutableSortedMap<Arch, ImmutableSortedSet<String>> calls,
        ImmutableSortedMap<Arch, ImmutableSortedSet<String>> alone) {
    private static final Comparator<ProgramCalls> MOST_FIRST =
            Comparator.comparingInt(ProgramCalls::count).reversed().thenComparing(ProgramCalls::program);

    /** How many calls it made, each architecture for itself. */
    public int count() {
        return sum(calls);
    }

    /** How many calls it alone made. */
    public int aloneCount() {
        return sum(alone);
    }

    private static int sum(Map<Arch, ImmutableSortedSet<String>> names) {
        return names.values().stream().mapToInt(ImmutableSortedSet::size).sum();
    }

    /** Those of all programs, the program with the most calls first. */
    static ImmutableList<ProgramCalls> of(Observation observation) {
        Map<String, TreeMultimap<Arch, String>> calls = new TreeMap<>();
        Map<String, TreeMultimap<Arch, String>> alone = new TreeMap<>();
        for (Map.Entry<Arch, ArchObservation> arch : observation.architectures().entrySet()) {
            arch.getValue().syscalls().forEach((name, seen) -> {
                for (String program : seen.programs()) {
                    put(calls, program, arch.getKey(), name);
                    if (seen.programs().size() == 1 && !seen.morePrograms()) {
                        put(alone, program, arch.getKey(), name);
                    }
                }
            });
        }
        List<ProgramCalls> programs = calls.entrySet().stream()
                .map(each -> new ProgramCalls(
                        each.getKey(),
                        sorted(each.getValue()),
                        sorted(alone.getOrDefault(each.getKey(), TreeMultimap.create()))))
                .toList();
        return ImmutableList.sortedCopyOf(MOST_FIRST, programs);
    }

    private static void put(Map<String, TreeMultimap<Arch, String>> all, String program, Arch arch, String name) {
        all.computeIfAbsent(program, key -> TreeMultimap.create()).put(arch, name);
    }

    private static ImmutableSortedMap<Arch, ImmutableSortedSet<String>> sorted(TreeMultimap<Arch, String> names) {
        TreeMap<Arch, ImmutableSortedSet<String>> sorted = new TreeMap<>();
        names.asMap().forEach((arch, calls) -> sorted.put(arch, ImmutableSortedSet.copyOf(calls)));
        return ImmutableSortedMap.copyOf(sorted);
    }
}
