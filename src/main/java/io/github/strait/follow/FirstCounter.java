package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Ending;
import io.github.strait.trace.scan.ScanSummary;
import org.jspecify.annotations.Nullable;

/**
 * Counts a call from the scan summary and the place of its line, where {@link RepeatCounter} has not: the first one of a
 * task or of its name in a context, whose text shows nothing. It changes what {@link CallFollower} would change, and
 * refuses any doubtful line.
 */
final class FirstCounter {
    private final PrintedNameTable printedNames;
    private final Tasks tasks;
    private final AbiEvidence evidence;
    private final FirstTasks firstTasks;
    private final SharedStream stream;
    private final RunStart start;
    private final CallFilter filter;

    FirstCounter(
            PrintedNameTable printedNames,
            Tasks tasks,
            AbiEvidence evidence,
            FirstTasks firstTasks,
            SharedStream stream,
            RunStart start,
            CallFilter filter) {
        this.printedNames = printedNames;
        this.tasks = tasks;
        this.evidence = evidence;
        this.firstTasks = firstTasks;
        this.stream = stream;
        this.start = start;
        this.filter = filter;
    }

    /** The task whose call, or first half of a call, was counted; null when the line must be parsed. */
    @Nullable
    Task call(SourcePosition at, int tid, int number, int summary) {
        PrintedName printed = name(ScanSummary.name(summary));
        if (printed == null || start.isAwaited() || !evidence.isPassing(printed) || !isEndingPlain(printed, summary)) {
            return null;
        }
        if (printed.isWriting() && !stream.isSettled()) {
            return null;
        }
        Task task = tasks.knownOrNew(tid);
        if (task == null || task.pending() != null || isTellingNumbers(task, printed, summary)) {
            return null;
        }
        Context context = task.context();
        int abis = evidence.abis(printed, number);
        if (!context.admits(abis) || !evidence.isPlain(context, printed, summary)) {
            return null;
        }
        Tally tally = context.find(printed, number);
        if (tally == null) {
            if (filter.isAwaiting(printed)) {
                return null;
            }
            tally = context.add(printed, number, at);
        }
        evidence.narrow(context, abis, printed, number, task, at);
        firstTasks.enter(task, context, at);
        count(task, tally, summary);
        return task;
    }

    private @Nullable PrintedName name(int word) {
        PrintedName printed = printedNames.at(word);
        return printed != null ? printed : printedNames.rareAt(word);
    }

    /** Whether the way in which a call ends needs no text: its error is known by name, and an exit does not return. */
    private boolean isEndingPlain(PrintedName printed, int summary) {
        Ending ending = ScanSummary.ending(summary);
        return switch (ending) {
            case ERROR -> printed.isRepeatable() && printedNames.errorAt(ScanSummary.errno(summary)) != null;
            case VALUE -> printed.isRepeatable();
            case NO_RESULT, UNFINISHED -> true;
            case ABANDONED, CUT, PID_CHANGED -> false;
        };
    }

    private boolean isTellingNumbers(Task task, PrintedName printed, int summary) {
        return printed.isReturningTid() && tasks.isTellingNumbers(task, summary);
    }

    private void count(Task task, Tally tally, int summary) {
        evidence.pass();
        task.context().image().loader().pass();
        if (tally.printed.role() == PrintedName.Role.SENDS_SIGNAL) {
            task.context().image().sendsSignals();
        }
        tally.enter();
        tasks.turnTo(task);
        if (ScanSummary.ending(summary) == Ending.UNFINISHED) {
            task.begin(tally, Image.UNKNOWN_PROGRAM);
        } else {
            finish(task, tally, summary);
        }
    }

    /** Whether the second half of a call was counted. */
    boolean resume(int tid, int summary) {
        Task task = tasks.known(tid);
        Tally pending = task == null ? null : task.pending();
        if (task == null || pending == null || !evidence.isStyleOfHalvesKnown()) {
            return false;
        }
        if (pending.printed != name(ScanSummary.name(summary))
                || !isEndingPlain(pending.printed, summary)
                || isTellingNumbers(task, pending.printed, summary)
                || !evidence.isResultPlain(task.context(), pending.printed, summary)) {
            return false;
        }
        tasks.turnTo(task);
        if (ScanSummary.ending(summary) != Ending.UNFINISHED) {
            task.finish();
            finish(task, pending, summary);
        }
        return true;
    }

    private void finish(Task task, Tally tally, int summary) {
        Ending ending = ScanSummary.ending(summary);
        String errno = ending == Ending.ERROR ? printedNames.errorAt(ScanSummary.errno(summary)) : null;
        if (errno != null) {
            tally.fail(errno, ScanSummary.errno(summary));
        } else {
            tally.leave(ending);
        }
        if (tally.printed.role() == PrintedName.Role.EXIT) {
            tasks.exits(task, tally);
        }
    }
}
