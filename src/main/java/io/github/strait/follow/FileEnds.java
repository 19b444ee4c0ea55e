package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Omission;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the files of a trace were cut, and which tasks had not ended where they end. */
final class FileEnds implements RunWatcher {
    /** Signals that leave a task alive where nothing handles them. */
    private static final Set<String> HARMLESS =
            Set.of("SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH");

    private final Omissions omissions;
    private final Map<Integer, SourcePosition> ends = new HashMap<>();
    private @Nullable SourcePosition end;
    private boolean hasExits;
    private long lastLine;
    private boolean lastIsWhole;
    private boolean lastIsOdd;
    private boolean lastIsFatal;
    private boolean endsByKill;
    private @Nullable SourcePosition lastCut;

    FileEnds(Omissions omissions) {
        this.omissions = omissions;
    }

    /** Looks at each line that is parsed. */
    void look(Line line) {
        LineKind kind = line.kind();
        lastLine = line.lineNumber();
        lastIsWhole = kind == LineKind.EXIT || (kind == LineKind.BLANK && line.tid() == Task.ANONYMOUS);
        lastIsOdd = kind == LineKind.UNPARSED && StraceMessage.of(line).isEmpty();
        lastIsFatal = kind == LineKind.SIGNAL && !HARMLESS.contains(line.name());
        hasExits |= kind == LineKind.EXIT;
    }

    /** Looks at the end of a task that was not parsed. */
    void exit(long line) {
        lastLine = line;
        lastIsWhole = true;
        lastIsOdd = false;
        lastIsFatal = false;
        hasExits = true;
    }

    @Override
    public void fileEnds(FileEnd file) {
        end = file.last();
        Task task = file.task();
        if (task != null) {
            ends.put(task.tid(), end);
        }
        boolean isParsed = lastLine == end.line();
        endsByKill = isParsed && lastIsFatal;
        boolean isWhole = isParsed && lastIsWhole;
        boolean isCut = (file.isOpen() && !isWhole) || (isParsed && lastIsOdd);
        lastCut = isCut && !file.isOfSet() ? end : null;
        if (isCut && task != null) {
            omissions.add(Omission.LINES_CUT, end, "");
        }
        lastLine = 0;
    }

    /** The trace ends while these tasks live. */
    void traceEnds(Iterable<Task> live) {
        List<Task> left = new ArrayList<>();
        for (Task task : live) {
            if (!task.isOver(hasExits)) {
                left.add(task);
            }
        }
        if (left.isEmpty() || (!hasExits && endsByKill)) {
            omissions.remove(Omission.DETACHED);
            return;
        }
        left.sort(Comparator.comparingInt(Task::tid));
        addCuts(left);
        if (omissions.has(Omission.DETACHED)) {
            // strace may let go of one task twice
            omissions.count(Omission.DETACHED, left.size());
        } else {
            left.forEach(task -> omissions.add(
                    Omission.TASKS_UNENDED,
                    ends.getOrDefault(task.tid(), end == null ? SourcePosition.ofFile("") : end),
                    task.tid() == Task.ANONYMOUS ? "" : String.valueOf(task.tid())));
        }
    }

    private void addCuts(List<Task> left) {
        for (Task task : left) {
            SourcePosition cut = task.pending() == null ? null : task.cutAt();
            if (cut != null && !cut.equals(lastCut) && !cut.equals(ends.get(task.tid()))) {
                omissions.add(Omission.LINES_CUT, cut, "");
            }
        }
        if (lastCut != null) {
            omissions.add(Omission.LINES_CUT, lastCut, "");
        }
    }
}
