package io.github.strait.follow;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ProgramImports;
import io.github.strait.observation.ImportsLine;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Recording;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.observation.RunMark;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.ScannedLine;
import io.github.strait.trace.scan.ScanSummary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows one run of strace, line by line, and collects what each program called in each ABI. It finds the task of each
 * line and hands calls to {@link CallFollower}. Everything else is left to {@link RunWatcher}s.
 */
final class RunObserver {
    private static final int MOST_IMPORTS = 1024;

    private final String file;
    private final PrintedNameTable printedNames;
    private final ArgumentWatch watch;
    private final ProgramChoice choice;

    private final AbiEvidence evidence = new AbiEvidence();
    private final Groups groups = new Groups();
    private final FirstTasks firstTasks = new FirstTasks();
    private final Omissions omissions = new Omissions();
    private final Handover handover = new Handover();
    private final RunStart start = new RunStart(handover);
    private final Children children = new Children(start);
    private final FileEnds fileEnds = new FileEnds(omissions);
    private final CallFilter filter = new CallFilter();
    private final StraceOrigin origin = new StraceOrigin();
    private final SharedStream stream = new SharedStream();
    private final ExecutedPrograms programs;
    private final UnparsedLines unparsed;
    private final SummaryTables tables;
    private final RunWatcher[] watchers;

    private final Tasks tasks;
    private final Takeovers takeovers;
    private final CallFollower calls;
    private final TrappedCalls trapped;
    private final RepeatCounter repeats;
    private final FirstCounter firsts;
    /** Whether the end of a task that was not killed was shown to all watchers. */
    private boolean isExitShown;

    private Optional<Recording> recording = Optional.empty();
    private final TreeSet<ProgramImports> imports = new TreeSet<>();
    private final List<Diagnostic> headerFaults = new ArrayList<>();

    private long other;

    /** @param file the name of the first file of the run */
    RunObserver(String file, PrintedNameTable printedNames, ArgumentWatch watch, ProgramChoice choice) {
        this.file = file;
        this.printedNames = printedNames;
        this.watch = watch;
        this.choice = choice;
        this.programs = new ExecutedPrograms(choice);
        this.unparsed = new UnparsedLines(printedNames);
        Lineage ofTables = choice.isAll() ? Lineage.KEPT : Lineage.DROPPED;
        this.tables = new SummaryTables(file, printedNames, unparsed, groups, ofTables);
        this.watchers = watchers();
        ArgumentFollower arguments = new ArgumentFollower(printedNames, watch);
        this.tasks = new Tasks(groups::add, choice, handover, children, arguments);
        this.takeovers = new Takeovers(tasks, programs);
        CallHalves halves = new CallHalves(omissions, start);
        this.calls = new CallFollower(
                printedNames,
                arguments,
                tasks,
                evidence,
                firstTasks,
                start,
                halves,
                takeovers,
                filter,
                handover,
                watchers);
        this.trapped = new TrappedCalls(printedNames, tasks, evidence, firstTasks);
        this.repeats = new RepeatCounter(printedNames, tasks, evidence, stream);
        this.firsts = new FirstCounter(printedNames, tasks, evidence, firstTasks, stream, start, filter);
    }

    /** All that watch this run: a new one is a class, and a line here. At the end they warn in this order. */
    private RunWatcher[] watchers() {
        List<RunWatcher> all = new ArrayList<>();
        all.add(unparsed);
        all.add(stream);
        all.add(choice.isAll() ? new ContainerStart(handover) : programs);
        all.add(handover);
        all.add(tables);
        all.add(new StraceMessages(omissions));
        all.add(fileEnds);
        all.add(filter);
        all.add(children);
        all.add(start);
        return all.toArray(new RunWatcher[0]);
    }

    /**
     * The current file was read to its end.
     *
     * @param tid of an {@code -ff} set the file's, and 0 for any other
     * @param last its last line
     * @param isOpen whether the last of them has no line feed
     */
    void endFile(int tid, SourcePosition last, boolean isOpen) {
        boolean isOfSet = tid != Task.ANONYMOUS;
        FileEnd end = new FileEnd(last, isOpen, isOfSet, isOfSet ? tasks.find(tid) : null);
        calls.endFile();
        for (RunWatcher watcher : watchers) {
            watcher.fileEnds(end);
        }
    }

    /** An observer of the run that begins in the same file where this one ends. */
    RunObserver next() {
        return new RunObserver(file, printedNames, watch, choice);
    }

    /** Whether all tasks have ended and this line starts another program, as in a file that strace appended to. */
    boolean isEndedBefore(Line line) {
        return line.kind() == LineKind.CALL
                && tasks.areAllGone()
                && line.name().equals("execve")
                && tasks.find(line.tid()) == null;
    }

    /** Takes a line from its scan summary, if that is enough; see {@link io.github.strait.trace.LineHandler#scanned}. */
    boolean scanned(int tid, int number, int summary) {
        if (!stream.isKnown(tid)) {
            return false;
        }
        if (ScanSummary.isCall(summary)) {
            Task task = repeats.call(tid, number, summary);
            if (task == null) {
                return false;
            }
            calls.repeated(task);
            return true;
        }
        if (ScanSummary.isResumed(summary)
                ? !repeats.resume(tid, summary)
                : !(ScanSummary.isFurniture(summary) && stream.hasFrames())) {
            return false;
        }
        other++;
        calls.takeInterrupted();
        return true;
    }

    /** Takes some of these lines; see {@link io.github.strait.trace.LineHandler#scannedAlike}. */
    int scannedAlike(int tid, int summary, int lines) {
        if (!scanned(tid, Line.NO_NUMBER, summary)) {
            return 0;
        }
        // calls come one by one
        int more = ScanSummary.isFurniture(summary) ? lines - 1 : 0;
        other += more;
        return 1 + more;
    }

    /** Takes a line from what the scan vouches for, if that is enough, where the summary alone was not. */
    boolean scanned(ScannedLine line) {
        if (!stream.isKnown(line.tid())) {
            return false;
        }
        int summary = line.summary();
        if (ScanSummary.isCall(summary)) {
            Task task = firsts.call(line);
            if (task == null) {
                return false;
            }
            calls.repeated(task);
            return true;
        }
        if (!(ScanSummary.isResumed(summary) ? firsts.resume(line) : isEvent(line.lineNumber(), line.tid(), summary))) {
            return false;
        }
        other++;
        calls.takeInterrupted();
        return true;
    }

    /** Whether this is the end of a task or a signal to its parent, and was taken. */
    private boolean isEvent(long lineNumber, int tid, int summary) {
        if (ScanSummary.isChildSignal(summary) && origin.isCertain()) {
            evidence.pass();
            return true;
        }
        boolean isExit = ScanSummary.isExit(summary) && isExitShown && tid != Task.ANONYMOUS;
        if (isExit) {
            fileEnds.exit(lineNumber);
            exit(tasks.find(tid), tid);
        }
        return isExit;
    }

    /** Takes the next line of the run. */
    void accept(Line line) {
        stream.look(line);
        fileEnds.look(line);
        LineKind kind = line.kind();
        if (isOther(kind)) {
            for (RunWatcher watcher : watchers) {
                watcher.otherLine(line);
            }
        }
        Task before = calls.takeInterrupted();
        if (kind == LineKind.CALL) {
            if (!calls.begin(line)) {
                unknownName(line);
            }
        } else if (kind == LineKind.CONTINUATION && !calls.isCut() && before != null && isStaged(before, line)) {
            other++;
            calls.finish(before, line);
        } else if (kind == LineKind.UNPARSED || (kind == LineKind.CONTINUATION && !calls.isCut())) {
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

    private static boolean isOther(LineKind kind) {
        return switch (kind) {
            case CALL, RESUMED, CONTINUATION, FRAME, DUMP, NOTE, BLANK -> false;
            case EXIT, SUPERSEDED, SIGNAL, SUMMARY, MESSAGE, PERSONALITY, UNPARSED, HEADER, IMPORTS -> true;
        };
    }

    /**
     * Whether this is the rest of the call that the line before left unfinished. Under {@code -z} strace 5.2 to 6.1 keeps a
     * call until it knows its result, and then writes both halves at once, the second one without tid and name.
     */
    private static boolean isStaged(Task before, Line line) {
        return before.pending() != null && line.ending().isFinal();
    }

    private void other(Line line) {
        origin.look(line);
        switch (line.kind()) {
            case RESUMED -> {
                if (!calls.resume(line)) {
                    // not recognised after all
                    other--;
                    unknownName(line);
                }
            }
            case CONTINUATION -> calls.continueCut(line);
            case EXIT -> {
                isExitShown |= line.nameStart() == line.nameEnd();
                exit(tasks.findOwner(line), line.tid());
            }
            case SUPERSEDED -> superseded(line);
            case SIGNAL -> {
                evidence.signal(line);
                SeccompSignal.of(line).ifPresent(signal -> trapped.count(signal, line));
            }
            case MESSAGE -> tasks.introduce(line);
            case HEADER -> {
                recording = RecordingHeader.read(line.text(), line.position(), headerFaults::add);
                recording.ifPresent(known -> handover.begin(known, line.position()));
            }
            case IMPORTS -> imports(line);
            default -> {}
        }
    }

    private void imports(Line line) {
        if (imports.size() < MOST_IMPORTS) {
            ImportsLine.read(line.text(), line.position(), headerFaults::add).ifPresent(imports::add);
        }
    }

    /** A word that is not the name of a call, and {@code ???}, the call of a task that died before strace could look. */
    private void unknownName(Line line) {
        if (line.name().startsWith("???")) {
            other++;
            return;
        }
        unparsed.addCall(line);
        Task task = tasks.findOwner(line);
        if (task != null && line.ending().isFinal()) {
            UnknownNames.machine(line.name())
                    .ifPresent(machine -> task.context()
                            .image()
                            .add(new UnsupportedMachine(
                                    machine,
                                    "the call " + line.name(),
                                    0,
                                    line.position(),
                                    UnsupportedMachine.By.NAME)));
        }
    }

    private void exit(@Nullable Task task, int tid) {
        if (task != null) {
            tasks.exited(task);
        } else {
            tasks.ended(tid);
        }
    }

    private void superseded(Line line) {
        int leader =
                line.tid() != Task.ANONYMOUS ? line.tid() : tasks.owner(line).tid();
        takeovers.superseded(leader, line.otherTid(), evidence.markersMayBeLate());
    }

    private void personality(Line line) {
        if (line.kind() != LineKind.PERSONALITY) {
            // glued to the call of one task, it is about another
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

    /** The calls of the run, as strace prints them; none of a table alone. */
    private Set<String> names() {
        Set<String> names = new HashSet<>();
        if (calls.count() > 0) {
            groups.all().forEach(group -> group.tallies().all().forEach(tally -> names.add(tally.printed.name())));
        }
        return names;
    }

    /** How many calls have begun. */
    long calls() {
        return calls.count();
    }

    /** The run as it was seen up to its last line. */
    UnresolvedRun end() {
        fileEnds.traceEnds(tasks.live());
        tasks.endAll();
        takeovers.end();
        Optional<Diagnostic> undecided = groups.end();
        RunFindings findings = new RunFindings(names(), calls.count(), omissions);
        findings.warn(headerFaults);
        findings.warn(evidence.diagnostics());
        undecided.ifPresent(findings::warn);
        if (!choice.isAll()) {
            findings.mark(RunMark.PROGRAM_ONLY);
        }
        boolean isPartial = recording.isPresent() && recording.get().partial();
        for (RunWatcher watcher : watchers) {
            if (watcher != filter || !isPartial) {
                watcher.runEnds(findings);
            }
        }
        return new UnresolvedRun(
                file,
                new LineCounts(calls.count(), other, unparsed.count()),
                calls.count() > 0 || !tables.isEmpty() || origin.prevailsOver(unparsed.count()),
                unparsed.first(),
                findings.marks(),
                groups.all(),
                groups.taskAbis(),
                firstTasks.more(),
                unparsed.shapes(),
                evidence.versions(),
                programs,
                omissions.completeness(children.seen(), findings.warnings()),
                recording,
                ImmutableSortedSet.copyOf(imports),
                handover.isFiltered());
    }
}
