package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was not kept because it is of programs that were not chosen. */
final class LeftOut {
    private static final int SHOWN = 8;
    private static final int NAMES = 40;
    private static final int LENGTH = 100;
    private static final String UNKNOWN = "(unknown)";

    /**
     * @param calls all calls
     * @param kept how many of them are kept
     * @param programs calls by program; the execve that starts a chosen program is its own, and of the one that made it too
     */
    private record OfRun(long calls, long kept, Map<String, Long> programs, Set<String> names, Set<String> keptNames) {}

    /** By the run's digest, as observations keep runs. */
    private final Map<String, OfRun> runs = new TreeMap<>();

    /** Adds a run of which only chosen programs are kept. */
    void add(String id, UnresolvedRun run) {
        Map<String, Long> programs = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        Set<String> keptNames = new TreeSet<>();
        for (Groups.Group group : run.groups()) {
            for (Tally tally : group.tallies().all()) {
                (group.isKept() ? keptNames : names).add(tally.printed.name());
                if (!group.isKept()) {
                    programs.merge(group.program(), tally.count(), Long::sum);
                }
            }
        }
        long calls = run.lines().calls();
        runs.put(id, new OfRun(calls, run.keptLines().calls(), programs, names, keptNames));
    }

    /** Adds the runs of other traces. */
    void add(LeftOut other) {
        runs.putAll(other.runs);
    }

    /** How many calls are left out, of which programs, and which of them the rest does not make; empty when none are. */
    Optional<Diagnostic> note() {
        long all = sum(runs.values().stream().map(OfRun::calls).toList());
        long left = all - sum(runs.values().stream().map(OfRun::kept).toList());
        if (left == 0) {
            return Optional.empty();
        }
        Set<String> only = new TreeSet<>();
        runs.values().forEach(run -> only.addAll(run.names));
        runs.values().forEach(run -> only.removeAll(run.keptNames));
        String text = left + " of " + all + " calls " + (left == 1 ? "is" : "are")
                + " left out, of programs that were not chosen: " + listed(programs(), SHOWN, ", ");
        long whole = runs.values().stream().filter(run -> run.kept == 0).count();
        if (whole > 0) {
            text += "; " + whole + " of " + runs.size() + " runs executed no chosen program and "
                    + (whole == 1 ? "is" : "are") + " left out whole";
        }
        if (!only.isEmpty()) {
            text += "; " + only.size() + (only.size() == 1 ? " call is" : " calls are") + " not made otherwise: "
                    + listed(List.copyOf(only), NAMES, " ");
        }
        return Optional.of(Diagnostic.note(ObservedTraces.LEFT_OUT, null, text));
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The programs with the most calls first; not the one that only executed the first. */
    private List<String> programs() {
        Map<String, Long> programs = new TreeMap<>();
        runs.values()
                .forEach(run -> run.programs.forEach((name, calls) -> {
                    if (!name.equals(Image.UNKNOWN_PROGRAM) || calls > 1) {
                        programs.merge(name.equals(Image.UNKNOWN_PROGRAM) ? UNKNOWN : name, calls, Long::sum);
                    }
                }));
        return programs.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String listed(List<String> names, int shown, String separator) {
        String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return names.stream()
                        .limit(shown)
                        .map(name -> Printable.of(name, LENGTH))
                        .collect(Collectors.joining(separator))
                + more;
    }
}
