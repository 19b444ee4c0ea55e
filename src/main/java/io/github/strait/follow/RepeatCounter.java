package io.github.strait.follow;

import io.github.strait.trace.Ending;
import io.github.strait.trace.scan.ScanSummary;
import org.jspecify.annotations.Nullable;

/**
 * Counts a call like one counted before, from the scan summary of its line: the same task in the same program made that
 * one, so this one proves nothing new. It changes what {@link RunObserver} would change, and refuses any doubtful line.
 */
final class RepeatCounter {
    private final PrintedNameTable printedNames;
    private final Tasks tasks;
    private final AbiEvidence evidence;
    private final SharedStream stream;

    RepeatCounter(PrintedNameTable printedNames, Tasks tasks, AbiEvidence evidence, SharedStream stream) {
        this.printedNames = printedNames;
        this.tasks = tasks;
        this.evidence = evidence;
        this.stream = stream;
    }

    /** The task whose call, or first half of a call, was counted; null when the line must be parsed. */
    @Nullable
    Task call(int tid, int number, int summary) {
        int word = ScanSummary.name(summary);
        WordArguments arguments = printedNames.arguments(word);
        PrintedName printed = arguments == null ? printedNames.at(word) : arguments.repeated();
        Task task = tasks.known(tid);
        if (printed == null || task == null || task.pending() != null || !evidence.isPassing(printed)) {
            return null;
        }
        if (printed.isWriting() && !stream.isSettled()) {
            return null;
        }
        Context context = task.context();
        if (!task.isKnownIn(context) || !evidence.isUnmoved(context, printed, number)) {
            return null;
        }
        Tally tally = context.find(printed, number);
        if (tally == null) {
            return null;
        }
        if (arguments != null && !tally.hasSeen(arguments.shown())) {
            return null;
        }
        if (ScanSummary.ending(summary) == Ending.UNFINISHED) {
            task.begin(tally, Image.UNKNOWN_PROGRAM);
        } else if (!finish(task, tally, summary)) {
            return null;
        }
        if (arguments != null) {
            tally.seeAgain();
        }
        tally.enter();
        evidence.pass();
        tasks.turnTo(task);
        return task;
    }

    /** Whether the second half of a call was counted. */
    boolean resume(int tid, int summary) {
        Task task = tasks.known(tid);
        Tally pending = task == null ? null : task.pending();
        if (task == null || pending == null || !evidence.isStyleOfHalvesKnown()) {
            return false;
        }
        if (pending.printed != printedNames.atSecond(ScanSummary.name(summary))
                || !evidence.isSettled(task.context(), pending.printed)) {
            return false;
        }
        FirstHalf half = task.half();
        ShownArguments[] shown = half == null ? null : half.followedBy(ScanSummary.name(summary));
        if (half != null && shown == null) {
            return false;
        }
        if (ScanSummary.ending(summary) != Ending.UNFINISHED) {
            if (!finish(task, pending, summary)) {
                return false;
            }
            if (shown != null) {
                pending.seeSecond(shown, task.halfAt());
                task.takeHalf();
            }
            task.finish();
        }
        tasks.turnTo(task);
        return true;
    }

    private boolean finish(Task task, Tally tally, int summary) {
        Ending ending = ScanSummary.ending(summary);
        if (ending == Ending.ERROR) {
            return tally.failAgain(ScanSummary.errno(summary));
        }
        if (tally.printed.isReturningTid() && tasks.isTellingNumbers(task, summary)) {
            return false;
        }
        tally.leave(ending);
        return true;
    }
}
