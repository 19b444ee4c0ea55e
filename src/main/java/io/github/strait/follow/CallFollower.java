package io.github.strait.follow;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.scan.ScanSummary;
import org.jspecify.annotations.Nullable;

/** Joins the halves of calls, counts each call in the context of its task, and applies its effect to the tasks. */
final class CallFollower {
    /** {@code PATH_MAX}. */
    private static final int PATH_LENGTH = 4096;

    private final PrintedNameTable printedNames;
    private final ArgumentFollower arguments;
    private final Tasks tasks;
    private final AbiEvidence evidence;
    private final FirstTasks firstTasks;
    private final RunStart start;
    private final CallHalves halves;
    private final Takeovers takeovers;
    private final CallFilter filter;
    private final Handover handover;
    private final RunWatcher[] watchers;
    private @Nullable Task cut;
    private @Nullable Task interrupted;
    private long count;

    CallFollower(
            PrintedNameTable printedNames,
            ArgumentFollower arguments,
            Tasks tasks,
            AbiEvidence evidence,
            FirstTasks firstTasks,
            RunStart start,
            CallHalves halves,
            Takeovers takeovers,
            CallFilter filter,
            Handover handover,
            RunWatcher[] watchers) {
        this.printedNames = printedNames;
        this.arguments = arguments;
        this.tasks = tasks;
        this.evidence = evidence;
        this.firstTasks = firstTasks;
        this.start = start;
        this.halves = halves;
        this.takeovers = takeovers;
        this.filter = filter;
        this.handover = handover;
        this.watchers = watchers;
    }

    /** How many calls have begun. */
    long count() {
        return count;
    }

    /** Whether a line was cut in a call, and its rest may follow. */
    boolean isCut() {
        return cut != null;
    }

    /** No rest of a call follows in another file. */
    void endFile() {
        cut = null;
    }

    /** The task whose call the line before left unfinished; null when it did not, and from now on. */
    @Nullable
    Task takeInterrupted() {
        Task task = interrupted;
        interrupted = null;
        return task;
    }

    /** A call, or its first half, was counted without parsing its line. */
    void repeated(Task task) {
        count++;
        interrupted = task.pending() == null ? null : task;
    }

    /** A call, or its first half; false when no table has its name. */
    boolean begin(Line line) {
        PrintedName printed = printedNames.find(line.bytes(), line.nameStart(), line.nameEnd());
        if (printed == null) {
            return false;
        }
        if (printed.isUmount() && line.arguments().size() > 1) {
            printed = printedNames.umountWithTwoArguments();
        }
        arguments.remember(ScanSummary.name(line.scanned()), printed);
        count++;
        evidence.look(line, printed);
        Task task = tasks.owner(line);
        neverReturned(task, line);
        Tally tally = enter(task, printed, line);
        tasks.begin(task, tally, program(printed, line));
        arguments.begin(task, tally, line);
        continueWith(task, line);
        return true;
    }

    /** A pending call whose task begins another one has ended without a word: lines are missing. */
    private void neverReturned(Task task, Line line) {
        Tally pending = tasks.finish(task);
        if (pending != null) {
            pending.neverReturned();
            halves.endMissing(task, pending.printed, line);
        }
    }

    private Tally enter(Task task, PrintedName printed, Line line) {
        Context context = evidence.contextOf(task, printed, line);
        firstTasks.enter(task, context, line);
        evidence.narrowByValues(context, task, printed, line);
        // a number that is not this name's shows nothing
        int number = printed.abis(line.number()) == 0 ? Line.NO_NUMBER : line.number();
        Tally tally = context.tally(printed, number, line);
        evidence.look(context, tally, line);
        start.look(printed, line);
        if (tally.count() == 0) {
            filter.newCall(printed, line);
        }
        if (printed.role() == PrintedName.Role.SENDS_SIGNAL) {
            context.image().sendsSignals();
        } else if (printed.role() == PrintedName.Role.FORK) {
            task.forkWith(CloneFlags.of(line.bytes(), line.nameStart(), line.nameEnd(), line.end()));
        }
        tally.enter();
        return tally;
    }

    private static String program(PrintedName printed, Line line) {
        if (printed.role() != PrintedName.Role.EXECVE) {
            return Image.UNKNOWN_PROGRAM;
        }
        String path =
                line.arguments().string(printed.name().equals("execve") ? 0 : 1).orElse(Image.UNKNOWN_PROGRAM);
        return path.length() <= PATH_LENGTH ? path : path.substring(0, PATH_LENGTH);
    }

    /** The second half of a call; false when no table has its name. */
    boolean resume(Line line) {
        Task task = tasks.owner(line);
        Tally pending = task.pending();
        if (pending != null) {
            evidence.look(line, pending.printed);
        }
        boolean matches = pending != null && pending.printed.name().equals(line.name());
        if (pending != null && matches) {
            arguments.rememberSecond(ScanSummary.name(line.scanned()), pending.printed);
        }
        if (!matches) {
            PrintedName printed = printedNames.find(line.bytes(), line.nameStart(), line.nameEnd());
            if (printed == null) {
                return false;
            }
            if (pending == null && printed.role() == PrintedName.Role.EXECVE && executedByAnotherThread(task, line)) {
                return true;
            }
            neverReturned(task, line);
            halves.beginningMissing(task, printed, line);
            Tally tally = enter(task, printed, line);
            tasks.begin(task, tally, Image.UNKNOWN_PROGRAM);
            arguments.begin(task, tally, line);
        }
        continueWith(task, line);
        return true;
    }

    /** The leader's half of an execve that another thread made; see {@link Takeovers}. */
    private boolean executedByAnotherThread(Task leader, Line line) {
        if (takeovers.isKnown(leader)) {
            return true;
        }
        Task thread = takeovers.byResumption(leader);
        if (thread != null) {
            continueWith(thread, line);
        }
        return thread != null;
    }

    /** The rest of the cut call, unless another message cuts it again. */
    void continueCut(Line line) {
        Task task = cut;
        if (task == null || line.ending() == Ending.CUT) {
            return;
        }
        cut = null;
        if (line.ending() != Ending.UNFINISHED) {
            finish(task, line);
        }
    }

    private void continueWith(Task task, Line line) {
        if (line.ending() == Ending.CUT) {
            cut = task;
            task.cut(line.position());
        } else if (line.ending() == Ending.PID_CHANGED) {
            takeovers.pidChanged(task, line.otherTid());
        } else if (line.ending() == Ending.UNFINISHED) {
            interrupted = line.kind() == LineKind.CALL ? task : null;
            if (line.kind() != LineKind.CALL) {
                arguments.more(task, line);
            }
        } else {
            finish(task, line);
        }
    }

    /** The pending call of a task ends on this line. */
    void finish(Task task, Line line) {
        String program = task.pendingProgram();
        arguments.end(task, line);
        Tally tally = tasks.finish(task);
        if (tally == null) {
            return;
        }
        tally.leave(line);
        if (line.ending() == Ending.ERROR) {
            printedNames.rememberError(ScanSummary.errno(line.scanned()), line.errno());
        }
        if (!tally.printed.isRepeatable() || line.ending() == Ending.ABANDONED) {
            for (RunWatcher watcher : watchers) {
                watcher.callEnds(task, tally, line);
            }
        }
        if (handover.isInstalling(tally.printed, line)) {
            tasks.filter();
        }
        if (line.ending() == Ending.VALUE) {
            returned(task, tally.printed, program, line);
        } else if (line.ending() == Ending.NO_RESULT && tally.printed.role() == PrintedName.Role.EXIT) {
            tasks.exits(task, tally);
        }
    }

    /** A call was successful. */
    private void returned(Task task, PrintedName printed, String program, Line line) {
        if (printed.role() == PrintedName.Role.FORK) {
            evidence.fork(task.context(), tasks.forked(task, line.value(), line));
        } else if (printed.role() == PrintedName.Role.EXECVE && line.value() == 0) {
            execute(task, program, printed, line);
        } else if (printed.role() == PrintedName.Role.MAPS && line.kind() != LineKind.CALL) {
            evidence.narrowByValues(task.context(), task, printed, line);
        } else if (printed.role() == PrintedName.Role.TELLS_BY_SUCCESS && line.kind() != LineKind.CALL) {
            evidence.bySuccess(task.context(), task, printed, line);
        }
        if (printed.isReturningTid() && task.tid() != Task.ANONYMOUS && line.value() != task.tid()) {
            tasks.numbersDiffer();
        }
    }

    private void execute(Task task, String program, PrintedName execve, Line line) {
        if (evidence.markersMayBeLate()) {
            task.doubtMode();
        }
        Image before = task.context().image();
        boolean isRuntime = handover.isExpected() && !handover.isOver();
        tasks.execute(task, program);
        if (isRuntime && handover.isOver()) {
            start.programStarts();
            filter.programStarts();
        }
        for (RunWatcher watcher : watchers) {
            watcher.programStarts(before, program, line);
        }
        if (task.context().image().lineage().isKept() && !before.lineage().isKept()) {
            // a chosen program, or that of a container, begins with the call that starts it, which was made by another
            Tally start = task.context().tally(execve, Line.NO_NUMBER, line);
            start.enter();
            start.lackArguments(line.position());
            start.leave(line);
        }
    }
}
