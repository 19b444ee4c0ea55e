package io.github.strait.cli;

import com.google.common.collect.ImmutableSet;
import io.github.strait.api.Healing;
import io.github.strait.api.StartRequest;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.CallerEnvironment;
import io.github.strait.record.ImageOptions;
import io.github.strait.record.ImageRecorder;
import java.util.Set;
import java.util.TreeSet;

/** Containers that run under a profile which is being healed. What it denies to their runtime is told apart: no answer allows it. */
final class HealedContainer {
    /** The refusals of an engine that could not start a container. */
    private static final ImmutableSet<String> FAILED = ImmutableSet.of("not-started", "not-executable");

    private final Console console;
    private final Healing healing;
    private final ImageRecorder recorder;
    private final Set<String> named = new TreeSet<>();

    HealedContainer(Console console, Healing healing) {
        this.console = console;
        this.healing = healing;
        this.recorder = new ImageRecorder(console::diagnostic, CallerEnvironment.ofThisProcess(false));
    }

    /**
     * Runs and records a container.
     *
     * @throws RefusalException when it does not start; what is known of the reason has been said then
     */
    ImageRecorder.Result record(ImageOptions options) {
        try {
            return recorder.record(options);
        } catch (RefusalException e) {
            if (FAILED.contains(e.diagnostic().code())) {
                tellObstacles(options);
            }
            throw e;
        }
    }

    /**
     * Looks at what the runtime of the last container was denied before it executed the program.
     *
     * @param isWide whether it ran under a wide profile, which denies the runtime nothing that the other does not
     * @throws RefusalException when it did not execute it
     */
    void checkStart(ImageOptions options, boolean isWide) {
        if (!healing.hasProgram()) {
            tellObstacles(options);
            throw RefusalException.of(
                    "not-executable", "the container's program was not executed, and the profile is in force by then");
        }
        for (String name : isWide ? ImmutableSet.<String>of() : healing.deniedToRuntime()) {
            if (named.add(name)) {
                console.diagnostic(Diagnostic.warning(
                        "runtime-denied",
                        null,
                        name
                                + " was denied to the container's runtime itself, before the program; the container started"
                                + " all the same; to allow it, generate the profile with --runtime "
                                + recorder.runtime(options)));
            }
        }
    }

    private void tellObstacles(ImageOptions options) {
        StartRequest start = StartRequest.of(recorder.runtime(options), options.hasNoNewPrivileges());
        healing.obstacles(start).forEach(console::diagnostic);
    }
}
