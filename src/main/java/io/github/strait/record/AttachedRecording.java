package io.github.strait.record;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.trace.AttachedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Attaches strace to processes and to all their threads and descendants, and to all processes of a container or a unit.
 * Those that start after the tree is read, but before their parent is traced, would be missing. In that case it begins
 * again with the larger tree.
 */
final class AttachedRecording {
    /** The exit statuses of strace after a signal to detach: SIGHUP, SIGINT or SIGTERM. */
    private static final ImmutableSet<Integer> LET_GO = ImmutableSet.of(0, 128 + 1, 128 + 2, 128 + 15);

    private static final Pattern REFUSED = Pattern.compile(".*attach: ptrace\\([A-Z_]+, ([0-9]{1,10})\\): (.*)");
    /** A message of strace about a task that was in the middle of a call, which strace handles well. */
    private static final Pattern IN_A_CALL =
            Pattern.compile(".*: pid [0-9]+: (entering|exiting), ptrace_syscall_info\\.op == [0-9]");

    private static final int TRIES = 8;
    private static final int SETTLING = 5000;
    private static final int PAUSE = 20;

    private final Strace strace;
    private final RecordOptions options;
    private final CallerEnvironment environment;
    private final Consumer<Diagnostic> listener;
    private final RecordProgress progress;
    private final Consumer<String> notes;
    private final long self = ProcessHandle.current().pid();

    AttachedRecording(
            Strace strace,
            RecordOptions options,
            CallerEnvironment environment,
            Consumer<Diagnostic> listener,
            RecordProgress progress,
            Consumer<String> notes) {
        this.strace = strace;
        this.options = options;
        this.environment = environment;
        this.listener = listener;
        this.progress = progress;
        this.notes = notes;
    }

    /**
     * Records until the processes have ended or are let go.
     *
     * @param file where strace writes to
     * @param messages where its messages go
     */
    StraceEnd record(TraceFile file, Path messages) throws IOException {
        for (int i = 1; ; i++) {
            TaskTree tree = options.tree(0, self);
            checkUntraced(tree);
            introduce(tree, file);
            ProcessBuilder builder = environment.process(strace.command(file.output(), options.attaching(tree.pids())));
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            builder.redirectOutput(Redirect.DISCARD).redirectError(messages.toFile());
            try (Forwarding forwarding = new Forwarding(true)) {
                Process process = forwarding.start(builder::start);
                Set<Long> missing = settle(process, tree, messages);
                if (missing.isEmpty() || i == TRIES || !process.isAlive()) {
                    tell(tree, missing, said(messages));
                    StraceWatch watch = new StraceWatch(process, file.output(), options, forwarding, progress);
                    Optional<Newcomers> newcomers = options.running()
                            .filter(running -> !running.cgroups().isEmpty())
                            .map(running -> new Newcomers(running, process.pid()));
                    newcomers.ifPresent(each -> watch.everySecond(each::look));
                    int status = watch.await();
                    newcomers.flatMap(Newcomers::warning).ifPresent(listener);
                    return new StraceEnd(status, watch.isFull(), forwarding.isForced());
                }
                forwarding.end();
                process.onExit().join();
            }
        }
    }

    /** A process has but one tracer. */
    private void checkUntraced(TaskTree tree) {
        for (long pid : options.attach()) {
            if (tree.traced().containsKey(pid)) {
                long tracer = tree.traced().get(pid);
                throw RefusalException.of(
                        "ptrace-denied",
                        "process " + named(pid) + " is traced by process " + named(tracer)
                                + " already, and a process has only one tracer; end that one first");
            }
        }
    }

    /** Writes the header, and names the programs that run already: their execve is not in the trace. */
    private void introduce(TaskTree tree, TraceFile file) throws IOException {
        if (!file.isReadable()) {
            return;
        }
        StringBuilder lines = new StringBuilder(RecordingHeader.of(Running.recording(
                options.running(), RecordedMachine.of(options.attach().get(0)))));
        for (long pid : tree.pids()) {
            TaskTree.program(pid)
                    .ifPresent(program -> TaskTree.threads(pid)
                            .forEach(tid -> lines.append(AttachedProgram.line(tid, program))
                                    .append('\n')));
        }
        Files.writeString(file.output(), lines, StandardCharsets.UTF_8);
    }

    /**
     * Waits until strace has attached to the requested processes.
     *
     * @return the threads that it has not attached to but should
     */
    private Set<Long> settle(Process process, TaskTree told, Path messages) {
        Set<Long> before = Set.of();
        for (int waited = 0; waited < SETTLING && process.isAlive(); waited += PAUSE) {
            Set<Long> refused = refusals(said(messages)).keySet();
            // asked before the tree is looked at: what a parent forks before it is traced is in the tree by then
            boolean isSettled = told.pids().stream()
                    .allMatch(pid ->
                            Tracees.tracer(pid) == process.pid() || refused.contains(pid) || Tracees.hasEnded(pid));
            Set<Long> missing = new TreeSet<>(options.tree(process.pid(), self).untracedBy(process.pid()));
            missing.removeAll(refused);
            if (!missing.isEmpty()) {
                refused.forEach(pid -> TaskTree.threads(pid).forEach(missing::remove));
            }
            // it may be on its way through the threads of a process
            if (isSettled && (missing.isEmpty() || missing.equals(before))) {
                return missing;
            }
            before = missing;
            try {
                process.waitFor(PAUSE, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return missing;
            }
        }
        return process.isAlive() ? before : Set.of();
    }

    private void tell(TaskTree tree, Set<Long> missing, String said) {
        Map<Long, String> refusals = refusals(said);
        if (refusals.keySet().containsAll(tree.pids())) {
            // then it is an error, which is reported with strace's messages
            return;
        }
        introduce(tree, refusals.keySet());
        refusals.forEach((pid, why) -> {
            if (!Tracees.hasEnded(pid)) {
                tell(pid, why + StartFailure.adviceFor(pid));
            }
        });
        tree.traced()
                .forEach((pid, tracer) -> tell(
                        pid, "process " + named(tracer) + " traces it already, and a process has only one tracer"));
        missing.forEach(tid -> tell(tid, "it was started while strace attached; attach once more"));
    }

    /** Says what is recorded from now on, and that it is not all. */
    private void introduce(TaskTree tree, Set<Long> refused) {
        Set<Long> pids = new TreeSet<>(tree.pids());
        pids.removeAll(refused);
        pids.removeIf(Tracees::hasEnded);
        int threads =
                pids.stream().mapToInt(pid -> TaskTree.threads(pid).size()).sum();
        String whose =
                options.running().map(running -> " of " + running.title()).orElse("");
        notes.accept("recording " + counted(pids.size(), "process", "es") + " with " + counted(threads, "thread", "s")
                + whose + ", and what they start; press Ctrl-C to end");
        if (options.running().filter(running -> running.cgroups().isEmpty()).isPresent()
                && !TaskTree.isFirstOfNamespace(options.attach().get(0))) {
            listener.accept(Diagnostic.warning(
                    "no-cgroup",
                    null,
                    "there is no control group" + whose
                            + " alone, nor a pid namespace, so processes that the engine's exec"
                            + " started in it are not found; name them with --attach PID"));
        }
        options.running()
                .ifPresent(running -> listener.accept(Diagnostic.warning(
                        "started-before",
                        null,
                        running.title() + " was running already, so the calls of its start are missing, and a profile"
                                + " of this trace alone may not start it; record them too, and generate from both traces: "
                                + running.whole())));
    }

    private static String counted(int number, String one, String more) {
        return number + " " + one + (number == 1 ? "" : more);
    }

    private void tell(long pid, String why) {
        listener.accept(Diagnostic.warning("not-attached", null, "process " + named(pid) + " is not recorded: " + why));
    }

    /** Whether strace ended as it does when it lets the processes go, or when they have ended. */
    static boolean isLetGo(StraceEnd end) {
        return end.isForced() || LET_GO.contains(end.status());
    }

    /** Reports the other messages of strace. */
    void tellMessages(String said) {
        said.lines()
                .filter(line -> !REFUSED.matcher(line).matches()
                        && !IN_A_CALL.matcher(line).matches())
                .forEach(line -> listener.accept(Diagnostic.warning("strace", null, Printable.of(line))));
    }

    private static Map<Long, String> refusals(String said) {
        Map<Long, String> refused = new TreeMap<>();
        said.lines()
                .map(REFUSED::matcher)
                .filter(Matcher::matches)
                .forEach(found -> refused.put(Long.valueOf(found.group(1)), found.group(2)));
        return refused;
    }

    static String said(Path messages) {
        try {
            return Files.readString(messages, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String named(long pid) {
        String name = Tracees.name(pid);
        return name.isEmpty() ? Long.toString(pid) : pid + " (" + Printable.of(name) + ")";
    }
}
