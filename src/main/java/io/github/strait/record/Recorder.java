package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.strait.diagnostic.Diagnostic;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records traces with strace. */
public final class Recorder {
    private static final int SIGQUIT = 3;
    private static final ImmutableList<String> UNBLOCK_QUIT = ImmutableList.of("env", "--default-signal=QUIT");
    /** How strace ends when it is told to let processes go: by SIGHUP, SIGINT or SIGTERM. */
    private static final ImmutableSet<Integer> DETACHED = ImmutableSet.of(0, 128 + 1, 128 + 2, 128 + 15);

    private final Consumer<Diagnostic> listener;
    private final CallerEnvironment environment;
    private @Nullable TraceTail tail;

    /**
     * A recorder in the environment of this process.
     *
     * @param listener told of what does not prevent the recording, while it goes on
     */
    public Recorder(Consumer<Diagnostic> listener) {
        this(listener, CallerEnvironment.ofThisProcess(false));
    }

    /**
     * A recorder in another environment.
     *
     * @param listener told of what does not prevent the recording, while it goes on
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

    /**
     * Records, and returns when all that is traced has ended or was let go. The program has the standard streams of this
     * process. Signals sent to this process are passed on meanwhile.
     *
     * @throws RecordException when nothing was recorded
     */
    public RecordResult record(RecordOptions options) throws RecordException {
        Strace strace = Strace.find(environment, listener);
        if (options.attaches()) {
            checkRunning(options.attach());
        } else {
            checkCommand(options.command().get(0));
        }
        try (TraceFile file = TraceFile.create(options.trace())) {
            if (options.under().isPresent() && !file.isReadable()) {
                throw new RecordException(
                        RecordException.FAILED,
                        "no-trace-file",
                        options.trace()
                                + " cannot be rewritten, as recording under a profile must; name a file with -o");
            }
            int status = options.attaches() ? attach(strace, options, file) : run(strace, options, file);
            return new RecordResult(status, options.trace());
        } catch (IOException e) {
            throw new RecordException(
                    RecordException.FAILED,
                    "no-trace-file",
                    "cannot write " + options.trace() + ": " + reason(e) + "; choose another place with -o");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof NoSuchFileException ? "its directory does not exist" : String.valueOf(e.getMessage());
    }

    private int run(Strace strace, RecordOptions options, TraceFile file) throws IOException, RecordException {
        boolean confined = options.under().isPresent();
        List<String> aside = confined ? ImmutableList.of() : environment.setAside(false);
        List<String> line = unblocked(strace.command(file.output(), confined(options), aside));
        CallerEnvironment.Launch launch =
                environment.launch(line, options.command().size(), confined);
        if (tail != null) {
            tail.follow(file.output());
        }
        try (Forwarding forwarding = new Forwarding(false)) {
            int status = await(forwarding.start(launch), options.duration(), forwarding);
            if (options.under().isPresent() && !TraceHeadCut.cut(file.output())) {
                throw FirstCall.of(file.output()).isEmpty()
                        ? StartFailure.ofStrace(strace, environment)
                        : new RecordException(
                                RecordException.FAILED,
                                "no-filter",
                                "the filter was not installed; perl says why above");
            }
            if (file.isReadable()) {
                Optional<FirstCall> first = FirstCall.of(file.output());
                if (first.isEmpty()) {
                    throw options.under().isPresent()
                            ? StartFailure.ofExecution(options.command().get(0), "killed by the profile")
                            : StartFailure.ofStrace(strace, environment);
                }
                if (first.get().isFailedExecution()) {
                    throw StartFailure.ofExecution(
                            options.command().get(0), first.get().errno());
                }
            }
            file.keep();
            return status;
        }
    }

    /** With the command that starts the command under its filter. */
    private RecordOptions confined(RecordOptions options) throws RecordException {
        return options.under().isPresent()
                ? options.starting(options.under().get().command(options.command(), true, environment))
                : options;
    }

    private int attach(Strace strace, RecordOptions options, TraceFile file) throws IOException, RecordException {
        Path messages = Files.createTempFile("strait", ".txt");
        try {
            ProcessBuilder builder = environment.process(strace.command(file.output(), options));
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            builder.redirectOutput(Redirect.DISCARD).redirectError(messages.toFile());
            try (Forwarding forwarding = new Forwarding(true)) {
                int status = await(forwarding.start(builder::start), options.duration(), forwarding);
                String said = Files.readString(messages, StandardCharsets.ISO_8859_1);
                if (!DETACHED.contains(status)) {
                    throw StartFailure.of(said);
                }
                said.lines().forEach(line -> listener.accept(Diagnostic.warning("strace", null, line)));
                file.keep();
                return 0;
            }
        } finally {
            Files.delete(messages);
        }
    }

    private static int await(Process process, Optional<Duration> limit, Forwarding forwarding) {
        if (limit.isPresent()) {
            try {
                if (!process.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS)) {
                    forwarding.end();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                forwarding.end();
            }
        }
        return process.onExit().join().exitValue();
    }

    /**
     * The same command with SIGQUIT in its default state. The JVM blocks it in its threads, what they start inherits
     * that, and then programs that are told to stop by SIGQUIT, as nginx and php-fpm are, would not hear it.
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

    private void checkCommand(String command) throws RecordException {
        Path file = CommandLookup.find(command, environment.variable("PATH").orElse(null));
        try {
            int mode = (int) Files.getAttribute(file, "unix:mode");
            int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if ((mode & 06000) != 0 && user != 0) {
                listener.accept(
                        Diagnostic.warning(
                                "set-user-id",
                                null,
                                "'" + command
                                        + "' gets no other user's rights while it is traced; record as root to see it with them"));
            }
        } catch (IOException e) {
            // The file was there a moment ago; strace will say.
        }
    }

    private static void checkRunning(List<Long> pids) throws RecordException {
        for (long pid : pids) {
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
                throw new RecordException(
                        RecordException.FAILED, "no-process", "there is no process " + pid + "; see: ps -e");
            }
        }
    }
}
