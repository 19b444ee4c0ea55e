package io.github.strait.record;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.List;

/** Runs commands under a filter and nothing else: at full speed, and nobody looks. */
public final class Runner {
    private Runner() {}

    /**
     * Runs a command with the standard streams of this process, and returns its exit status, 128+N when signal N killed
     * it. Signals sent to this process are passed on meanwhile.
     *
     * @throws RecordException when it was not started
     */
    public static int run(List<String> command, Confinement confinement) throws RecordException {
        CallerEnvironment environment = new CallerEnvironment(ImmutableMap.of());
        List<String> line = confinement.command(command, false, environment);
        ProcessBuilder builder = environment.process(new Recorder(said -> {}).unblocked(line));
        Confinement.quieten(builder.environment());
        try (Forwarding forwarding = Forwarding.untraced()) {
            return forwarding.start(builder.inheritIO()).onExit().join().exitValue();
        } catch (IOException e) {
            throw new RecordException(
                    RecordException.FAILED, "not-started", "cannot run " + line.get(0) + " (" + e.getMessage() + ")");
        }
    }
}
