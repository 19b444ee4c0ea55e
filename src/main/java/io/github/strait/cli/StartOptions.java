package io.github.strait.cli;

import io.github.strait.api.StartRequest;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** How the container is started, which decides what is called under the filter before the program is. */
final class StartOptions {
    @Option(
            names = "--runtime",
            paramLabel = "NAME[@VERSION]",
            defaultValue = "docker",
            description = "The container runtime, which makes calls of its own between the filter and the program: "
                    + "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, which is runc).",
            completionCandidates = RuntimeNames.class)
    private String runtime = "docker";

    @Option(
            names = "--no-new-privs",
            description =
                    "The container is started with no-new-privileges, so that its runtime calls less (recommended).")
    private boolean noNewPrivileges;

    @Option(names = "--init", description = "The container has an init (docker run --init).")
    private boolean init;

    @Option(names = "--exec", description = "Processes are started in the container later (docker exec, probes).")
    private boolean exec;

    /** The names for help and completion. */
    static final class RuntimeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StartRequest.runtimes().iterator();
        }
    }

    /** The start that is asked for. */
    StartRequest request() {
        return new StartRequest(runtime, noNewPrivileges, init, exec);
    }
}
