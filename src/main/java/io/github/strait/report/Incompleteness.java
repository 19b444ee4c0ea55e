package io.github.strait.report;

import io.github.strait.observation.Completeness;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Omission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One line of a summary about what the evidence shows to be missing. */
final class Incompleteness {
    private Incompleteness() {}

    /** {@code 1 of 2 runs is incomplete: 2 of 7 tasks had not ended}, or nothing where nothing is known to be missing. */
    static String of(Observation observation) {
        Map<Omission, Long> counts = new EnumMap<>(Omission.class);
        long runs = 0;
        long tasks = 0;
        for (Completeness known : observation.runs().stream()
                .flatMap(run -> run.completeness().stream())
                .filter(each -> !each.isWhole())
                .toList()) {
            runs++;
            tasks += known.tasks();
            known.signs().forEach((omission, sign) -> counts.merge(omission, sign.count(), Long::sum));
        }
        if (runs == 0) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<Omission, Long> each : counts.entrySet()) {
            parts.add(words(each.getKey(), each.getValue(), tasks));
        }
        int all = observation.runs().size();
        String which = all == 1 ? "" : runs + " of " + all + " runs " + (runs == 1 ? "is " : "are ");
        return "  " + which + "incomplete: " + String.join(", ", parts) + '\n';
    }

    private static String words(Omission omission, long count, long tasks) {
        return switch (omission) {
            case TASKS_UNENDED -> count + " of " + counted(tasks, "task", "tasks") + " had not ended";
            case DETACHED -> "strace detached from " + count + " of " + counted(tasks, "task", "tasks");
            case STRACE_FAILED -> "strace failed";
            case LINES_CUT -> counted(count, "line", "lines") + " cut";
            case HALVES_MISSING -> counted(count, "half of a call", "halves of calls") + " missing";
            case START_MISSING -> "no execve at the start";
            case CHILDREN_MISSING -> counted(count, "child", "children") + " not in the trace";
            case FILES_OVERWRITTEN -> counted(count, "file", "files") + " overwritten";
            case CALLS_MISSING -> "calls were left out";
        };
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
