package io.github.strait.report;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.report.EvidenceChanges.Made;
import io.github.strait.report.EvidenceChanges.OfProgram;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The programs of two evidences, each beside itself. One that moved, such as {@code /usr/lib/postgresql/15/bin/postgres}, is
 * the one of the same last part, where each side has just one of these.
 */
final class ProgramPairs {
    private static final Comparator<Made> RISKIEST = Comparator.comparing(
                    (Made made) -> Risk.of(made.syscall()).map(Risk::riskClass),
                    Comparators.emptiesLast(Comparator.<RiskClass>naturalOrder()))
            .thenComparing(Made::syscall);

    private final Arch arch;
    private final ArchObservation first;
    private final ArchObservation second;

    private ProgramPairs(Arch arch, ArchObservation first, ArchObservation second) {
        this.arch = arch;
        this.first = first;
        this.second = second;
    }

    /** Those that differ. */
    static List<OfProgram> of(Arch arch, ArchObservation first, ArchObservation second) {
        return new ProgramPairs(arch, first, second).pairs();
    }

    private List<OfProgram> pairs() {
        Map<String, Set<String>> before = byProgram(first);
        Map<String, Set<String>> after = byProgram(second);
        Set<String> gone = new TreeSet<>(before.keySet());
        gone.removeAll(after.keySet());
        Set<String> come = new TreeSet<>(after.keySet());
        come.removeAll(before.keySet());
        List<OfProgram> all = new ArrayList<>();
        for (Map.Entry<String, Set<String>> entry : after.entrySet()) {
            String program = entry.getKey();
            String old = come.contains(program) ? moved(program, come, gone) : program;
            OfProgram pair = pair(old, before.getOrDefault(old, Set.of()), program, entry.getValue());
            if (!pair.gained().isEmpty() || !pair.lost().isEmpty()) {
                all.add(pair);
            }
            gone.remove(old);
        }
        gone.forEach(program -> all.add(pair(program, before.getOrDefault(program, Set.of()), "", Set.of())));
        all.sort(Comparator.comparing(OfProgram::name));
        return all;
    }

    /** The one program that is gone and has the same last part as this one alone; empty when there is none. */
    private static String moved(String program, Set<String> come, Set<String> gone) {
        String name = lastPart(program);
        List<String> alike =
                gone.stream().filter(other -> lastPart(other).equals(name)).toList();
        boolean isAlone =
                come.stream().filter(other -> lastPart(other).equals(name)).count() == 1;
        return isAlone && alike.size() == 1 ? alike.get(0) : "";
    }

    private static String lastPart(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private OfProgram pair(String old, Set<String> before, String program, Set<String> after) {
        return new OfProgram(
                arch, old, program, made(after, before, second, first), made(before, after, first, second));
    }

    /** The calls that are among these and not among the others. */
    private static ImmutableList<Made> made(
            Set<String> these, Set<String> others, ArchObservation seen, ArchObservation otherwise) {
        return seen.syscalls().entrySet().stream()
                .filter(call -> these.contains(call.getKey()) && !others.contains(call.getKey()))
                .map(call -> new Made(call.getKey(), !otherwise.syscalls().containsKey(call.getKey()), call.getValue()))
                .sorted(RISKIEST)
                .collect(ImmutableList.toImmutableList());
    }

    /** The calls of each program, of those calls whose programs are all known; none of what ran before the first execve. */
    private Map<String, Set<String>> byProgram(ArchObservation seen) {
        Map<String, Set<String>> programs = new TreeMap<>();
        for (Map.Entry<String, SyscallObservation> call : seen.syscalls().entrySet()) {
            boolean isKnown = hasAllPrograms(first, call.getKey()) && hasAllPrograms(second, call.getKey());
            for (String program : call.getValue().programs()) {
                if (isKnown && !program.isEmpty()) {
                    programs.computeIfAbsent(program, key -> new TreeSet<>()).add(call.getKey());
                }
            }
        }
        return programs;
    }

    private static boolean hasAllPrograms(ArchObservation seen, String call) {
        SyscallObservation known = seen.syscalls().get(call);
        return known == null || !known.morePrograms();
    }
}
