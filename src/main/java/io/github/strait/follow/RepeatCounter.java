package io.github.strait.follow;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Glance;
import org.jspecify.annotations.Nullable;

/**
 * Counts a call that is like one that was counted before, by a glance at its line: the same task in the same program has
 * made it, so that it proves nothing new. It changes what {@link RunObserver} would change, and refuses whatever it cannot
 * be sure of.
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

    /** Whether no line with this tid can tell anything new about the stream. */
    boolean isOfKnownStream(int tid) {
        return tid == Task.ANONYMOUS || stream.isSettled();
    }

    /** The task whose call, or first half of a call, was counted; null when the line must be parsed. */
    @Nullable
    Task call(int tid, int number, int seen) {
        PrintedName printed = printedNames.at(Glance.name(seen));
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
        Tally tally = context.usual(Glance.name(seen));
        if (tally == null || tally.number != number) {
            return null;
        }
        if (Glance.ending(seen) == Ending.UNFINISHED) {
            task.begin(tally, Image.UNKNOWN_PROGRAM);
        } else if (!finish(task, tally, seen)) {
            return null;
        }
        tally.enter();
        evidence.pass();
        tasks.turnTo(task);
        return task;
    }

    /** Whether the second half of a call was counted. */
    boolean resume(int tid, int number, int seen) {
        Task task = tasks.known(tid);
        Tally pending = task == null ? null : task.pending();
        if (task == null || pending == null || !evidence.isStyleOfHalvesKnown()) {
            return false;
        }
        if (pending.printed != printedNames.at(Glance.name(seen))
                || !evidence.isUnmoved(task.context(), pending.printed, number)) {
            return false;
        }
        if (Glance.ending(seen) != Ending.UNFINISHED) {
            if (!finish(task, pending, seen)) {
                return false;
            }
            task.finish();
        }
        tasks.turnTo(task);
        return true;
    }

    private boolean finish(Task task, Tally tally, int seen) {
        if (tally.printed.isReturningTid()
                && Glance.ending(seen) == Ending.VALUE
                && task.tid() != Task.ANONYMOUS
                && !Glance.returnsOwnTid(seen)
                && !tasks.areNumbersDifferent()) {
            return false;
        }
        return tally.leave(Glance.ending(seen), Glance.errno(seen));
    }
}
