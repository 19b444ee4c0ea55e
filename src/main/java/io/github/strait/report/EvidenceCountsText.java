package io.github.strait.report;

import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Recording;
import io.github.strait.observation.RunMark;
import java.util.ArrayList;
import java.util.List;

/** The counts of evidence as text: a line of numbers, one for each mark, and those for what is or may be missing. */
public final class EvidenceCountsText {
    private EvidenceCountsText() {}

    /** {@code 2 runs, 995 lines: 990 calls, 5 other, 0 unparsed}, and what is odd or missing. */
    public static String of(EvidenceCounts evidence) {
        LineCounts lines = evidence.lines();
        StringBuilder out = new StringBuilder();
        out.append(runs(evidence.runs())).append(", ");
        out.append(lines.total()).append(" lines: ").append(lines.calls()).append(" calls, ");
        out.append(lines.other()).append(" other, ").append(lines.unparsed()).append(" unparsed\n");
        if (!evidence.recorded().isEmpty()) {
            out.append(recorded(evidence));
        }
        evidence.marked()
                .forEach((mark, marked) -> out.append("  ")
                        .append(runs(marked))
                        .append(' ')
                        .append(words(mark))
                        .append('\n'));
        return out.append(incompleteness(evidence))
                .append(NewCallRateText.of(evidence.newCalls()))
                .toString();
    }

    /** What strait recorded, a line for each kind. */
    private static String recorded(EvidenceCounts evidence) {
        StringBuilder out = new StringBuilder();
        evidence.recorded()
                .forEach((kind, runs) -> out.append("  ")
                        .append(runs(runs))
                        .append(' ')
                        .append(words(kind))
                        .append('\n'));
        int leftOut = evidence.partial() - evidence.recorded().getOrDefault(Recording.Kind.AUDIT, 0);
        if (leftOut > 0) {
            out.append("  ")
                    .append(runs(leftOut))
                    .append(" partial: calls were left out on purpose, so numbers of calls say little\n");
        }
        return out.toString();
    }

    private static String runs(int count) {
        return counted(count, "run", "runs");
    }

    private static String words(Recording.Kind kind) {
        return switch (kind) {
            case COMMAND -> "of a command, recorded by strait";
            case CONTAINER -> "of a container, recorded from its start";
            case EXEC -> "of a session in a running container";
            case ATTACHED -> "of a process that was running already";
            case EMULATED -> "of a program of another machine under qemu-user: calls without arguments";
            case AUDIT -> "of the kernel's audit lines: calls without arguments and results";
        };
    }

    private static String words(RunMark mark) {
        return switch (mark) {
            case SHARED_STREAM -> "from a stream that the program could forge; record with -o FILE";
            case SUMMARY_ONLY -> "only a table, without calls that never return";
            case STACK_FRAMES -> "with stack frames that the program could forge; record without -k";
            case CONTAINER_RUNTIME -> "with the calls that make a container; keep its own with --from-program PATH";
            case PROGRAM_ONLY -> "read for chosen programs only";
        };
    }

    /** {@code 1 of 2 runs is incomplete: 2 of 7 tasks had not ended}, or nothing where nothing is known to be missing. */
    private static String incompleteness(EvidenceCounts evidence) {
        if (evidence.incomplete() == 0) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        evidence.omissions().forEach((omission, count) -> parts.add(words(omission, count, evidence.tasks())));
        String which = evidence.runs() == 1
                ? ""
                : evidence.incomplete() + " of " + evidence.runs() + " runs "
                        + (evidence.incomplete() == 1 ? "is " : "are ");
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
            case LINES_LOST -> "at least " + count + (count == 1 ? " line" : " lines") + " suppressed";
            case CALLS_MISSING -> "calls were left out";
        };
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
