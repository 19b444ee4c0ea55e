package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.RunMark;
import io.github.strait.syscall.OtherMachine;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.scan.ScanSummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows one run of strace, line by line, and collects what each program called in each ABI. */
public final class RunObserver {
    /** {@code PATH_MAX}. */
    private static final int PATH_LENGTH = 4096;

    private final String file;
    private final PrintedNameTable printedNames;
    private final AbiEvidence evidence = new AbiEvidence();
    private final Groups groups = new Groups();
    private final Tasks tasks;

    private final Takeovers takeovers;
    private @Nullable Task cut;
    private long calls;
    private long other;
    private final StraceOrigin signs = new StraceOrigin();
    private final UnparsedLines unparsed;
    private final FirstTasks firstTasks = new FirstTasks();
    private final Omissions omissions = new Omissions();
    private @Nullable Task interrupted;
    private final SharedStream stream = new SharedStream();
    private final RepeatCounter repeats;
    private final SummaryTables tables;
    private final ArgumentWatch watch;
    private final ProgramChoice choice;
    private final ExecutedPrograms programs;
    private final ContainerStart container = new ContainerStart();

    /** @param file the name of the first file of the run */
    public RunObserver(String file, PrintedNameTable printedNames, ArgumentWatch watch, ProgramChoice choice) {
        this.watch = watch;
        this.choice = choice;
        this.programs = new ExecutedPrograms(choice);
        this.tasks = new Tasks(groups::add, choice);
        this.takeovers = new Takeovers(tasks, programs);
        this.file = file;
        this.printedNames = printedNames;
        this.unparsed = new UnparsedLines(printedNames);
        this.tables = new SummaryTables(printedNames);
        this.repeats = new RepeatCounter(printedNames, tasks, evidence, stream);
    }

    /** The lines that follow are those of another file of an {@code -ff} set. */
    public void nextFile() {
        cut = null;
        omissions.nextFile();
    }

    /**
     * The current file was read to its end.
     *
     * @param tid of an {@code -ff} set the file's, and 0 for any other
     * @param last its last line
     * @param isOpen whether the last of them has no line feed
     */
    public void endFile(int tid, SourcePosition last, boolean isOpen) {
        omissions.endFile(tid == Task.ANONYMOUS ? null : tasks.find(tid), tid != Task.ANONYMOUS, last, isOpen);
    }

    /** An observer of the run that begins in the same file where this one ends. */
    public RunObserver next() {
        return new RunObserver(file, printedNames, watch, choice);
    }

    /** Whether all tasks have ended and this line starts a program anew, as in a file that strace appended to. */
    public boolean isEndedBefore(Line line) {
        return line.kind() == LineKind.CALL
                && tasks.areAllGone()
                && line.name().equals("execve")
                && tasks.find(line.tid()) == null;
    }

    /** Takes a line from its scan summary, if that is enough; see {@link io.github.strait.trace.LineHandler#scanned}. */
    public boolean scanned(int tid, int number, int summary) {
        if (!repeats.isOfKnownStream(tid)) {
            return false;
        }
        if (ScanSummary.isCall(summary)) {
            Task task = repeats.call(tid, number, summary);
            if (task == null) {
                return false;
            }
            calls++;
            interrupted = task.pending() == null ? null : task;
            return true;
        }
        if (!(ScanSummary.isResumed(summary) ? repeats.resume(tid, number, summary) : stream.hasFrames())) {
            return false;
        }
        other++;
        interrupted = null;
        return true;
    }

    public void accept(Line line) {
        stream.look(line);
        omissions.look(line);
        LineKind kind = line.kind();
        Task before = interrupted;
        interrupted = null;
        if (kind == LineKind.CALL) {
            call(line);
        } else if (kind == LineKind.CONTINUATION && cut == null && before != null && isStaged(before, line)) {
            other++;
            finish(before, line);
        } else if (kind == LineKind.UNPARSED || (kind == LineKind.CONTINUATION && cut == null)) {
            unparsed.add(line);
        } else {
            other++;
            other(line);
        }
        if (line.attachedTid() != 0) {
            tasks.attached(line.attachedTid());
        }
        if (line.markerTid() != 0) {
            personality(line);
        }
    }

    /**
     * Whether this is the rest of the call that the line before left unfinished. Under {@code -z} strace 5.2 to 6.1 keeps a
     * call until it knows its result, and then writes both halves at once, the second one without tid and name.
     */
    private static boolean isStaged(Task before, Line line) {
        return before.pending() != null && line.ending().isFinal();
    }

    private void other(Line line) {
        signs.look(line);
        switch (line.kind()) {
            case RESUMED -> resumed(line);
            case CONTINUATION -> continuation(line);
            case EXIT -> exit(line);
            case SUPERSEDED -> superseded(line);
            case SIGNAL -> {
                evidence.signal(line);
                SeccompSignal.of(line).ifPresent(signal -> trapped(signal, line));
            }
            case SUMMARY -> {
                if (!tables.accept(line)) {
                    unparsed.addName(line);
                }
            }
            case MESSAGE -> tasks.introduce(line);
            default -> {}
        }
    }

    /** The rest of the cut call, unless another message cuts it again. */
    private void continuation(Line line) {
        Task task = cut;
        if (task == null || line.ending() == Ending.CUT) {
            return;
        }
        cut = null;
        if (line.ending() != Ending.UNFINISHED) {
            finish(task, line);
        }
    }

    private void call(Line line) {
        PrintedName printed = printedNames.find(line.bytes(), line.nameStart(), line.nameEnd());
        if (printed == null) {
            notACall(line);
            return;
        }
        if (printed.isUmount() && line.arguments().size() > 1) {
            printed = printedNames.umountWithTwoArguments();
        }
        if (printed.isRepeatable() && !watch.isWatching(printed)) {
            printedNames.remember(ScanSummary.name(line.scanned()), printed);
        }
        calls++;
        evidence.look(line, printed);
        Task task = tasks.owner(line);
        neverReturned(task, line);
        Tally tally = enter(task, printed, line);
        tasks.begin(task, tally, program(printed, line));
        continueWith(task, line);
    }

    /** A pending call whose task begins another one has ended without a word: lines are missing. */
    private void neverReturned(Task task, Line line) {
        Tally pending = tasks.finish(task);
        if (pending != null) {
            pending.neverReturned();
            omissions.endMissing(task, pending.printed, line);
        }
    }

    private Tally enter(Task task, PrintedName printed, Line line) {
        omissions.began(task, printed, line);
        Context context = evidence.contextOf(task, printed, line);
        firstTasks.enter(task, context, line);
        evidence.narrowByValues(context, task, printed, line);
        // a number that is not this name's tells nothing
        int number = printed.abis(line.number()) == 0 ? Line.NO_NUMBER : line.number();
        Tally tally = context.tally(printed, number, line);
        evidence.look(context, tally, line);
        if (tally.count() == 0) {
            omissions.filter().look(printed, line);
        }
        if (printed.role() == PrintedName.Role.SENDS_SIGNAL) {
            context.image().sendsSignals();
        }
        tally.enter();
        if (number == line.number()) {
            context.remember(ScanSummary.name(line.scanned()), tally);
        }
        watch.look(printed, tally, line);
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

    /** A word that is no call's name, and {@code ???}, the call of a task that died before strace could look. */
    private void notACall(Line line) {
        if (line.name().startsWith("???")) {
            other++;
        } else {
            unparsed.addCall(line);
            Task task = tasks.findOwner(line);
            if (task != null && line.ending().isFinal()) {
                UnknownNames.machine(line.name())
                        .ifPresent(machine -> task.context().image().add(unsupported(machine, line)));
            }
        }
    }

    private UnsupportedMachine unsupported(OtherMachine machine, Line line) {
        SourcePosition position = line.position();
        return new UnsupportedMachine(machine, "the call " + line.name(), 0, position, UnsupportedMachine.By.NAME);
    }

    private void resumed(Line line) {
        Task task = tasks.owner(line);
        Tally pending = task.pending();
        if (pending != null) {
            evidence.look(line, pending.printed);
        }
        boolean matches = pending != null && pending.printed.name().equals(line.name());
        if (!matches) {
            PrintedName printed = printedNames.find(line.bytes(), line.nameStart(), line.nameEnd());
            if (printed == null) {
                // not recognised after all
                other--;
                notACall(line);
                return;
            }
            if (pending == null && printed.role() == PrintedName.Role.EXECVE && executedByAnotherThread(task, line)) {
                return;
            }
            neverReturned(task, line);
            omissions.beginningMissing(task, printed, line);
            tasks.begin(task, enter(task, printed, line), Image.UNKNOWN_PROGRAM);
        }
        continueWith(task, line);
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

    private void continueWith(Task task, Line line) {
        if (line.ending() == Ending.CUT) {
            cut = task;
            task.cut(line.position());
        } else if (line.ending() == Ending.PID_CHANGED) {
            takeovers.pidChanged(task, line.otherTid());
        } else if (line.ending() == Ending.UNFINISHED) {
            interrupted = line.kind() == LineKind.CALL ? task : null;
        } else {
            finish(task, line);
        }
    }

    private void finish(Task task, Line line) {
        String program = task.pendingProgram();
        boolean childSeen = task.hasSeenChild();
        Tally tally = tasks.finish(task);
        if (tally == null) {
            return;
        }
        tally.leave(line);
        PrintedName printed = tally.printed;
        if (line.ending() == Ending.VALUE) {
            if (printed.role() == PrintedName.Role.FORK && line.value() > 0) {
                tasks.children().announce(task.forkFlags(), line);
            }
            if (printed.role() == PrintedName.Role.FORK && !childSeen) {
                evidence.fork(task.context(), tasks.forked(task, line.value()));
            } else if (printed.role() == PrintedName.Role.EXECVE && line.value() == 0) {
                omissions.filter().executed(line);
                execute(task, program, printed, line);
            } else if (printed.role() == PrintedName.Role.MAPS && line.kind() != LineKind.CALL) {
                evidence.narrowByValues(task.context(), task, printed, line);
            } else if (printed.role() == PrintedName.Role.TELLS_BY_SUCCESS && line.kind() != LineKind.CALL) {
                evidence.bySuccess(task.context(), task, printed, line);
            }
            if (printed.isChangingRoot()) {
                container.rootChanged(task.context().image());
            }
            if (printed.isReturningTid() && task.tid() != Task.ANONYMOUS && line.value() != task.tid()) {
                tasks.numbersDiffer();
            }
        } else if (line.ending() == Ending.NO_RESULT && printed.role() == PrintedName.Role.EXIT) {
            exitCalled(task, printed);
        } else if (line.ending() == Ending.ABANDONED) {
            omissions.abandoned(line);
        }
    }

    private void exitCalled(Task task, PrintedName printed) {
        if (!printed.name().equals("exit")) {
            task.exitProcess();
        }
        tasks.children().exit(task.tid());
        tasks.exited(task);
    }

    private void execute(Task task, String program, PrintedName execve, Line line) {
        if (evidence.markersMayBeLate()) {
            task.doubtMode();
        }
        Image before = task.context().image();
        tasks.execute(task, program);
        programs.add(program);
        container.executed(before, program, line);
        if (task.context().image().lineage().isKept() && !before.lineage().isKept()) {
            // a chosen program begins with the call that starts it, which was made by another
            Tally start = task.context().tally(execve, Line.NO_NUMBER, line);
            start.enter();
            start.leave(line);
        }
    }

    /** A filter has answered a call; where strace saw no more of it than the signal, the call is counted by that. */
    private void trapped(SeccompSignal signal, Line line) {
        Task task = tasks.owner(line);
        Context context = evidence.contextOf(task, signal, line);
        List<PrintedName> names = new ArrayList<>();
        for (String call : signal.calls()) {
            byte[] name = call.getBytes(StandardCharsets.ISO_8859_1);
            PrintedName printed = printedNames.find(name, 0, name.length);
            if (printed != null) {
                names.add(printed);
            }
        }
        if (!names.isEmpty()
                && !context.image().isSendingSignals()
                && context.isFirstTrap(names.get(0))
                && names.stream().noneMatch(context::hasCounted)) {
            firstTasks.enter(task, context, line);
            Tally tally = context.tally(names.get(0), signal.number(names.get(0)), line);
            tally.enter();
            tally.neverReturned();
        }
    }

    private void exit(Line line) {
        omissions.ended(line);
        Task task = tasks.findOwner(line);
        if (task != null) {
            tasks.exited(task);
        } else {
            tasks.ended(line.tid());
        }
    }

    private void superseded(Line line) {
        int leader =
                line.tid() != Task.ANONYMOUS ? line.tid() : tasks.owner(line).tid();
        takeovers.superseded(leader, line.otherTid(), evidence.markersMayBeLate());
    }

    private void personality(Line line) {
        if (line.kind() != LineKind.PERSONALITY) {
            // glued behind the call of one task, it is about another
            tasks.attached(line.markerTid());
        }
        Task task = tasks.find(line.markerTid());
        if (task == null) {
            task = tasks.owner(line);
            if (task.tid() == Task.ANONYMOUS) {
                tasks.rename(task, line.markerTid());
            }
        }
        int mode = Abis.ofMode(line.markerMode());
        if (task.isExecuting()) {
            // between the halves of an execve: it is the new program that runs in this mode
            task.expectMode(mode);
        } else {
            task.switchMode(mode, evidence.markersMayBeLate(), line);
        }
    }

    /** The calls of the run, as strace spells them; none of a table alone. */
    private Set<String> names() {
        Set<String> names = new HashSet<>();
        if (calls > 0) {
            groups.all().forEach(group -> group.tallies().all().forEach(tally -> names.add(tally.printed.name())));
        }
        return names;
    }

    /** How many calls have begun. */
    public long calls() {
        return calls;
    }

    /** The run as it was seen up to its last line. */
    public UnresolvedRun end() {
        omissions.endTrace(tasks.live());
        tasks.endAll();
        takeovers.end();
        List<Diagnostic> diagnostics = new ArrayList<>(evidence.diagnostics());
        groups.end().ifPresent(diagnostics::add);
        diagnostics.addAll(unparsed.diagnostics());
        Set<RunMark> marks = EnumSet.noneOf(RunMark.class);
        stream.tell(marks, diagnostics);
        if (!choice.isAll()) {
            marks.add(RunMark.PROGRAM_ONLY);
        } else {
            container.warning().ifPresent(warning -> {
                marks.add(RunMark.CONTAINER_RUNTIME);
                diagnostics.add(warning);
            });
        }
        if (!tables.isEmpty() && calls == 0 && groups.all().isEmpty()) {
            tables.addTo(groups, choice.isAll() ? Lineage.KEPT : Lineage.DROPPED);
            marks.add(RunMark.SUMMARY_ONLY);
            diagnostics.add(tables.standsAlone(file));
        } else if (!tables.isEmpty()) {
            diagnostics.addAll(tables.differences(groups.all()));
        }
        return new UnresolvedRun(
                file,
                new LineCounts(calls, other, unparsed.count()),
                calls > 0 || !tables.isEmpty() || signs.prevailOver(unparsed.count()),
                unparsed.first(),
                marks,
                groups.all(),
                groups.taskAbis(),
                firstTasks.more(),
                unparsed.shapes(),
                evidence.versions(),
                programs,
                omissions.end(tasks.children(), names(), calls, diagnostics));
    }
}
