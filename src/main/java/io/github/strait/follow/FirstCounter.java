package io.github.strait.follow;

import io.github.strait.trace.Ending;
import io.github.strait.trace.ScannedLine;
import io.github.strait.trace.scan.ScanSummary;
import org.jspecify.annotations.Nullable;

/**
 * Counts a call from what the scan vouches for, where {@link RepeatCounter} has not: the first one of a task or of its name
 * in a context, whose arguments show nothing, and forks. It changes what {@link CallFollower} would change, and refuses any
 * doubtful line.
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
    Task call(ScannedLine line) {
        int summary = line.summary();
        int number = line.number();
        int word = ScanSummary.name(summary);
        WordArguments arguments = printedNames.arguments(word);
        PrintedName printed = arguments == null ? name(word) : arguments.printed();
        if (printed == null || start.isAwaited() || !evidence.isPassing(printed) || !isEndingPlain(printed, summary)) {
            return null;
        }
        if (printed.isWriting() && !stream.isSettled() || arguments == null && printed.isWatched()) {
            return null;
        }
        Task task = tasks.knownOrNew(line.tid());
        if (task == null || task.pending() != null || isTellingNumbers(task, printed, summary)) {
            return null;
        }
        Context context = task.context();
        int abis = evidence.abis(printed, number);
        if (!context.admits(abis) || !evidence.isPlain(context, printed, line)) {
            return null;
        }
        Tally tally = context.find(printed, number);
        if (tally == null) {
            if (filter.isAwaiting(printed)) {
                return null;
            }
            tally = context.add(printed, number, line.position());
        }
        evidence.narrow(context, abis, printed, task, line);
        firstTasks.enter(task, context, line);
        evidence.narrowByResult(context, task, printed, line);
        if (arguments != null) {
            tally.see(arguments.shown(), line.position());
        }
        count(task, tally, line);
        if (arguments != null && arguments.half() != null) {
            task.leave(arguments.half(), line.position());
        }
        return task;
    }

    private @Nullable PrintedName name(int word) {
        PrintedName printed = printedNames.at(word);
        return printed != null ? printed : printedNames.rareAt(word);
    }

    /**
     * Whether the way in which a call ends needs no text that the scan does not vouch for: its error is known by name, a
     * fork's line ends with the tid of the child, and an exit does not return.
     */
    private boolean isEndingPlain(PrintedName printed, int summary) {
        Ending ending = ScanSummary.ending(summary);
        return switch (ending) {
            case ERROR -> printed.isRepeatable() && printedNames.errorAt(ScanSummary.errno(summary)) != null;
            case VALUE ->
                printed.role() == PrintedName.Role.FORK ? ScanSummary.isEndedByValue(summary) : printed.isRepeatable();
            case NO_RESULT, UNFINISHED -> true;
            case ABANDONED, CUT, PID_CHANGED -> false;
        };
    }

    private boolean isTellingNumbers(Task task, PrintedName printed, int summary) {
        return printed.isReturningTid() && tasks.isTellingNumbers(task, summary);
    }

    private void count(Task task, Tally tally, ScannedLine line) {
        evidence.pass();
        Image image = task.context().image();
        image.loader().pass();
        PrintedName.Role role = tally.printed.role();
        if (role == PrintedName.Role.SENDS_SIGNAL) {
            image.sendsSignals();
        } else if (role == PrintedName.Role.FORK) {
            task.forkWith(CloneFlags.of(line.bytes(), line.start(), line.nameEnd(), line.end()));
        }
        tally.enter();
        tasks.turnTo(task);
        if (ScanSummary.ending(line.summary()) == Ending.UNFINISHED) {
            tasks.begin(task, tally, Image.UNKNOWN_PROGRAM);
            return;
        }
        if (role == PrintedName.Role.FORK) {
            // no child can have been seen before it returned
            task.begin(tally, Image.UNKNOWN_PROGRAM);
            task.finish();
        }
        finish(task, tally, line);
    }

    /** Whether the second half of a call was counted. */
    boolean resume(ScannedLine line) {
        int summary = line.summary();
        Task task = tasks.known(line.tid());
        Tally pending = task == null ? null : task.pending();
        if (task == null || pending == null || !evidence.isStyleOfHalvesKnown()) {
            return false;
        }
        int word = ScanSummary.name(summary);
        PrintedName repeated = printedNames.atSecond(word);
        if (pending.printed != (repeated == null ? printedNames.rareAt(word) : repeated)
                || !isEndingPlain(pending.printed, summary)
                || isTellingNumbers(task, pending.printed, summary)
                || !evidence.isResultPlain(task.context(), pending.printed, summary)) {
            return false;
        }
        FirstHalf half = task.half();
        ShownArguments[] shown = half == null ? null : half.followedBy(word);
        if (half != null && shown == null) {
            return false;
        }
        tasks.turnTo(task);
        if (ScanSummary.ending(summary) != Ending.UNFINISHED) {
            if (shown != null) {
                pending.seeSecond(shown, task.halfAt());
                task.takeHalf();
            }
            finish(task, pending, line);
            evidence.narrowByResult(task.context(), task, pending.printed, line);
        }
        return true;
    }

    private void finish(Task task, Tally tally, ScannedLine line) {
        int summary = line.summary();
        Ending ending = ScanSummary.ending(summary);
        tasks.finish(task);
        String errno = ending == Ending.ERROR ? printedNames.errorAt(ScanSummary.errno(summary)) : null;
        if (errno != null) {
            tally.fail(errno, ScanSummary.errno(summary));
        } else {
            tally.leave(ending);
        }
        if (tally.printed.role() == PrintedName.Role.EXIT) {
            tasks.exits(task, tally);
        } else if (tally.printed.role() == PrintedName.Role.FORK && ending == Ending.VALUE) {
            evidence.fork(task.context(), tasks.forked(task, line.lastNumber(), line));
        }
    }
}
