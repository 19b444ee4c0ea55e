package io.github.strait.record;

import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.util.List;

/** Runs commands under a filter at full speed, without strace. */
public final class Runner {
    private Runner() {}

    /**
     * Runs a command with the standard streams of this process, and returns its exit status, 128+N when signal N killed
     * it. Signals sent to this process are passed on meanwhile.
     *
     * @throws RefusalException when it was not started
     */
    public static int run(List<String> command, Confinement confinement, CallerEnvironment environment) {
        List<String> line = confinement.command(command, false, environment);
        List<String> unblocked = new Recorder(said -> {}, environment).unblocked(line);
        try (Forwarding forwarding = Forwarding.untraced()) {
            return forwarding
                    .start(environment.starter(unblocked, command.size(), true))
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException e) {
            throw RefusalException.of("not-started", "cannot run " + line.get(0) + " (" + e.getMessage() + ")");
        }
    }
}
