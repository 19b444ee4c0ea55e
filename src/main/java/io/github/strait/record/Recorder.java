package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Recording;
import io.github.strait.observation.RecordingHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records traces with strace. */
public final class Recorder {
    private static final int SIGQUIT = 3;
    private static final ImmutableList<String> UNBLOCK_QUIT = ImmutableList.of("env", "--default-signal=QUIT");
    private static final byte[] DETACHED = " <detached ...>\n".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<Diagnostic> listener;
    private final CallerEnvironment environment;
    private RecordProgress progress = RecordProgress.NONE;
    private Consumer<String> notes = note -> {};
    private @Nullable TraceTail tail;

    /**
     * A recorder.
     *
     * @param listener receives warnings during the recording
     */
    public Recorder(Consumer<Diagnostic> listener, CallerEnvironment environment) {
        this.listener = listener;
        this.environment = environment;
    }

    /** The same recorder, which lets a tail follow the trace of a command. */
    @CanIgnoreReturnValue
    public Recorder tailed(TraceTail follower) {
        tail = follower;
        return this;
    }

    /** The same recorder, which also reports progress. */
    @CanIgnoreReturnValue
    public Recorder telling(RecordProgress told) {
        progress = told;
        return this;
    }

    /** The same recorder, which also says what it has attached to. */
    @CanIgnoreReturnValue
    public Recorder noting(Consumer<String> noted) {
        notes = noted;
        return this;
    }

    /**
     * Records, and returns when all that is traced has ended or was let go. The program has the standard streams of this
     * process. Signals sent to this process are passed on meanwhile. When the recording ends before the program, the trace is
     * kept, and the listener is given an error.
     *
     * @throws RefusalException when nothing was recorded
     */
    public RecordResult record(RecordOptions options) {
        Strace strace = Strace.find(environment, listener);
        if (options.attaches()) {
            checkRunning(options.attach());
        } else {
            checkCommand(options.command().get(0), !options.leftOut().isNothing());
        }
        Outcome outcome;
        try (TraceFile file = TraceFile.create(options.trace())) {
            if (options.under().isPresent() && !file.isReadable()) {
                throw RefusalException.of(
                        "no-trace-file",
                        options.trace()
                                + " cannot be rewritten, as recording under a profile must; name a file with -o");
            }
            if (!options.leftOut().isNothing() && !file.isReadable()) {
                throw RefusalException.of(
                        "no-trace-file",
                        options.trace()
                                + " is not a regular file, which --known needs for its header; name one with -o");
            }
            outcome = options.attaches() ? attach(strace, options, file) : run(strace, options, file);
        } catch (IOException e) {
            throw RefusalException.of(
                    "no-trace-file",
                    "cannot write " + options.trace() + ": " + reason(e) + "; choose another place with -o");
        }
        // a program that continues without strace still has the terminal
        outcome.survivor()
                .flatMap(ProcessHandle::of)
                .ifPresent(program -> program.onExit().join());
        return outcome.result();
    }

    /** The result, and the program to wait for. */
    private record Outcome(RecordResult result, Optional<Long> survivor) {}

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof NoSuchFileException ? "its directory does not exist" : String.valueOf(e.getMessage());
    }

    private Outcome run(Strace strace, RecordOptions options, TraceFile file) throws IOException {
        boolean confined = options.under().isPresent();
        List<String> aside = confined ? ImmutableList.of() : environment.setAside(false);
        List<String> line = strace.command(file.output(), confined(options), aside);
        CallerEnvironment.Starter starter =
                environment.starter(unblocked(line), options.command().size(), confined);
        Optional<Recording> header = options.header(RecordedMachine.here());
        if (header.isPresent() && file.isReadable()) {
            Files.writeString(file.output(), RecordingHeader.of(header.get()), StandardCharsets.US_ASCII);
        }
        if (tail != null) {
            tail.follow(file.output());
        }
        try (Forwarding forwarding = new Forwarding(false)) {
            Process process = forwarding.start(starter);
            StraceWatch watch = new StraceWatch(process, file.output(), options, forwarding, progress);
            StraceEnd ended = new StraceEnd(watch.await(), watch.isFull(), false);
            if (tail != null) {
                tail.close();
            }
            if (!file.isReadable()) {
                return new Outcome(new RecordResult(ended.status(), options.trace(), true), Optional.empty());
            }
            checkBegun(strace, line, options, file, ended);
            finishLastLine(file, ended);
            TraceEnd end = TraceEnd.of(file.output());
            if (!end.isCut()) {
                ExecutedImports.append(end.programs(), file.output());
            }
            Survivors survivors = Survivors.of(end.root(), end.unended());
            Optional<String> early = ended.isFull() && !end.unended().isEmpty()
                    ? Optional.of(full(options) + "; " + survivors.text())
                    : EarlyEnd.ofCommand(ended.status(), end, survivors, file.output());
            Optional<Long> survivor = ended.isFull()
                    ? survivors.survivor().stream().mapToObj(Long::valueOf).findFirst()
                    : Optional.empty();
            return new Outcome(kept(file, options, end, ended.status(), early), survivor);
        }
    }

    /** Ends the line that strace could not end because it was killed on purpose, as strace does when it lets a process go. */
    private static void finishLastLine(TraceFile file, StraceEnd ended) throws IOException {
        if ((ended.isFull() || ended.isForced()) && TraceEnd.isCut(file.output())) {
            Files.write(file.output(), DETACHED, StandardOpenOption.APPEND);
        }
    }

    private void checkBegun(Strace strace, List<String> line, RecordOptions options, TraceFile file, StraceEnd ended)
            throws IOException {
        boolean isUnder = options.under().isPresent();
        boolean isCut = isUnder && TraceHeadCut.cut(file.output());
        Optional<FirstCall> first = FirstCall.of(file.output());
        if (first.isEmpty()) {
            Orphans.end(line);
        }
        if (isUnder && !isCut) {
            throw first.isEmpty()
                    ? StartFailure.ofStrace(strace, environment, ended.status())
                    : RefusalException.of("no-filter", "the filter was not installed; perl says why above");
        }
        if (first.isEmpty()) {
            throw isUnder
                    ? StartFailure.ofExecution(options.command().get(0), "killed by the profile")
                    : StartFailure.ofStrace(strace, environment, ended.status());
        }
        if (first.get().isFailedExecution()) {
            throw StartFailure.ofExecution(options.command().get(0), first.get().errno());
        }
    }

    /** Puts the trace in its place, and reports what it lacks. */
    private RecordResult kept(TraceFile file, RecordOptions options, TraceEnd end, int status, Optional<String> early)
            throws IOException {
        Path trace = file.keep(listener);
        end.untraced().forEach(child -> listener.accept(untraced(trace, child)));
        early.ifPresent(why -> listener.accept(EarlyEnd.diagnostic(trace, why)));
        return new RecordResult(early.isPresent() ? StartStatus.FAILED : status, trace, early.isEmpty());
    }

    private static Diagnostic untraced(Path trace, TraceEnd.UntracedChild child) {
        return Diagnostic.warning(
                "untraced-child",
                new SourcePosition(trace.toString(), child.line()),
                "task " + child.tid()
                        + " is made with CLONE_UNTRACED, which hides it from strace: what it calls is missing;"
                        + " record it with --attach, or start it on its own");
    }

    private static String full(RecordOptions options) {
        return "the trace has reached --max-size (" + options.maxSize().orElse(0)
                + " bytes), and the recording was ended";
    }

    /** With the command that starts the command under its filter. */
    private RecordOptions confined(RecordOptions options) {
        return options.under().isPresent()
                ? options.starting(options.under().get().command(options.command(), true, environment))
                : options;
    }

    private Outcome attach(Strace strace, RecordOptions options, TraceFile file) throws IOException {
        try (PrivateFolder folder = PrivateFolder.temporary()) {
            Path messages = folder.file("messages");
            AttachedRecording recording =
                    new AttachedRecording(strace, options, environment, listener, progress, notes);
            StraceEnd ended = recording.record(file, messages);
            String said = AttachedRecording.said(messages);
            boolean isLetGo = AttachedRecording.isLetGo(ended);
            if (file.isReadable()) {
                finishLastLine(file, ended);
            }
            TraceEnd end = file.isReadable() ? TraceEnd.of(file.output()) : TraceEnd.UNKNOWN;
            if (!isLetGo && end.root() == 0) {
                throw StartFailure.ofAttaching(said, options);
            }
            recording.tellMessages(said);
            Optional<String> early = ended.isFull()
                    ? Optional.of(full(options) + "; the processes go on")
                    : EarlyEnd.ofAttached(ended.status(), isLetGo, end, file.output());
            return new Outcome(kept(file, options, end, 0, early), Optional.empty());
        }
    }

    /**
     * The same command with SIGQUIT in its default state. The JVM blocks it in its threads, and their child processes
     * inherit that. Programs that stop on SIGQUIT, such as nginx and php-fpm, would then not receive it.
     */
    List<String> unblocked(List<String> command) {
        if (Supervisor.ofThisProcess().isPresent() || !Tracees.blocksHere(SIGQUIT)) {
            return command;
        }
        ImmutableList.Builder<String> line = ImmutableList.builder();
        try {
            if (environment
                            .capture(line.addAll(UNBLOCK_QUIT).add("true").build())
                            .exitStatus()
                    == 0) {
                return ImmutableList.<String>builder()
                        .addAll(UNBLOCK_QUIT)
                        .addAll(command)
                        .build();
            }
        } catch (IOException e) {
            // An env without that option, or none: the signal stays blocked.
        }
        return command;
    }

    /** @param isLocked whether the command gets no_new_privs, which keeps root from other users' rights too */
    private void checkCommand(String command, boolean isLocked) {
        Path file = CommandLookup.find(command, environment.variable("PATH").orElse(null));
        try {
            int mode = (int) Files.getAttribute(file, "unix:mode");
            int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if ((mode & 06000) != 0 && (user != 0 || isLocked)) {
                listener.accept(Diagnostic.warning(
                        "set-user-id",
                        null,
                        "'" + command + "' gets no other user's rights while it is traced; record as root"
                                + (isLocked ? " and without --known" : "") + " to see it with them"));
            }
        } catch (IOException e) {
            // The file was there a moment ago; strace will say.
        }
    }

    private static void checkRunning(List<Long> pids) {
        for (long pid : pids) {
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
                throw RefusalException.of("no-process", "no such process: " + pid + "; see: ps -e");
            }
        }
    }
}
