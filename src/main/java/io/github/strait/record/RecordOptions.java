package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options of a recording of a command, or of running processes.
 *
 * @param trace where the trace goes; compressed when its name ends in {@code .zst}, {@code .gz} or {@code .xz}
 * @param command the command and its arguments; empty when attaching
 * @param attach the processes to attach to; empty when there is a command
 * @param running the container or unit that these processes are of, if they were asked for by its name
 * @param under the filter that the command is started under, if any
 * @param leftOut the calls that are not traced
 * @param duration how long to record: then a command receives SIGTERM, and strace detaches from attached processes
 * @param maxSize how many bytes the trace may have: then strace detaches, and the program continues
 */
public record RecordOptions(
        Path trace,
        ImmutableList<String> command,
        ImmutableList<Long> attach,
        Optional<Running> running,
        Optional<Confinement> under,
        LeftOut leftOut,
        Optional<Duration> duration,
        OptionalLong maxSize) {

    public RecordOptions {
        if (command.isEmpty() == attach.isEmpty()) {
            throw new IllegalArgumentException("either a command or processes to attach to");
        }
        if (under.isPresent() && command.isEmpty()) {
            throw RefusalException.usage("a running program cannot be put under a filter; start it again");
        }
        if (!leftOut.isNothing() && command.isEmpty()) {
            throw RefusalException.usage(
                    "a running program cannot be put under the filter that leaves known calls out; start it again");
        }
        if (!leftOut.isNothing() && under.isPresent()) {
            throw RefusalException.usage("calls that the profile denies would not show where known calls are left out;"
                    + " record under the profile without --known");
        }
        if (attach.stream().anyMatch(pid -> pid <= 0)) {
            throw RefusalException.usage("not a process id in " + attach);
        }
        if (maxSize.isPresent() && maxSize.getAsLong() <= 0) {
            throw new IllegalArgumentException("not a size that a trace can have: " + maxSize.getAsLong());
        }
        if (duration.isPresent()
                && (duration.get().isNegative() || duration.get().isZero())) {
            throw new IllegalArgumentException("not a duration to wait for: " + duration.get());
        }
    }

    /** Records a command until it ends. */
    public static RecordOptions ofCommand(Path trace, List<String> command) {
        return new RecordOptions(
                trace,
                ImmutableList.copyOf(command),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty(),
                LeftOut.NOTHING,
                Optional.empty(),
                OptionalLong.empty());
    }

    /** Records running processes until they end or the user interrupts. */
    public static RecordOptions ofAttached(Path trace, List<Long> pids) {
        return new RecordOptions(
                trace,
                ImmutableList.of(),
                ImmutableList.copyOf(pids),
                Optional.empty(),
                Optional.empty(),
                LeftOut.NOTHING,
                Optional.empty(),
                OptionalLong.empty());
    }

    /** Records a running container or unit until it ends or the user interrupts. */
    public static RecordOptions ofRunning(Path trace, Running running) {
        return new RecordOptions(
                trace,
                ImmutableList.of(),
                ImmutableList.of(running.pid()),
                Optional.of(running),
                Optional.empty(),
                LeftOut.NOTHING,
                Optional.empty(),
                OptionalLong.empty());
    }

    /** The same, for at most this long. */
    public RecordOptions within(Duration limit) {
        return new RecordOptions(trace, command, attach, running, under, leftOut, Optional.of(limit), maxSize);
    }

    /** The same, up to a trace of this size. */
    public RecordOptions upTo(long bytes) {
        return new RecordOptions(trace, command, attach, running, under, leftOut, duration, OptionalLong.of(bytes));
    }

    /** The same, under a filter. */
    public RecordOptions under(Confinement confinement) {
        return new RecordOptions(trace, command, attach, running, Optional.of(confinement), leftOut, duration, maxSize);
    }

    /** The same, without these calls. */
    public RecordOptions leavingOut(LeftOut known) {
        return new RecordOptions(trace, command, attach, running, under, known, duration, maxSize);
    }

    RecordOptions starting(List<String> other) {
        return new RecordOptions(
                trace, ImmutableList.copyOf(other), attach, running, under, leftOut, duration, maxSize);
    }

    RecordOptions attaching(Collection<Long> pids) {
        return new RecordOptions(
                trace, command, ImmutableList.copyOf(pids), running, under, leftOut, duration, maxSize);
    }

    /** The default trace file of a command: {@code NAME.strace} in the current directory. */
    public static Path defaultTrace(String command) {
        Path name = Path.of(command).getFileName();
        return Path.of((name == null || name.toString().isEmpty() ? "command" : name) + ".strace");
    }

    /** The default trace file of a running process: {@code pid-N.strace} in the current directory. */
    public static Path defaultTrace(long pid) {
        return Path.of("pid-" + pid + ".strace");
    }

    /**
     * The header of the trace; empty for a whole recording of a command, which is strace's own output, except on one
     * processor, where threads may be missing.
     */
    Optional<Recording> header(RecordedMachine machine) {
        boolean isWhole = leftOut.isNothing();
        if (isWhole && (!machine.hasOneProcessor() || under.isPresent() || attaches())) {
            return Optional.empty();
        }
        // the other words may hold secrets
        return Optional.of(new Recording(
                Recording.Kind.COMMAND,
                machine.facts(),
                ImmutableList.of(command.get(0)),
                isWhole ? Optional.empty() : Optional.of(true),
                !isWhole,
                leftOut.names()));
    }

    boolean attaches() {
        return !attach.isEmpty();
    }

    /** The processes to attach to with all that belongs to them, as it is now. */
    TaskTree tree(long tracer, long self) {
        return TaskTree.of(attach, running.map(Running::cgroups).orElse(ImmutableList.of()), tracer, self);
    }
}
