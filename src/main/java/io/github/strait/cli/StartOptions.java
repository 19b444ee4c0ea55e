package io.github.strait.cli;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.runtime.RuntimeCalls;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.KernelVersion;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
            return RuntimeCalls.names().iterator();
        }
    }

    /** Whether any says something else than by default. */
    boolean areGiven() {
        return !runtime.equals(Start.DEFAULT.runtime()) || noNewPrivileges || init || exec;
    }

    /** The start on a machine with these capabilities and this kernel. */
    Start start(MachineOptions machine) {
        return start(ImmutableSortedSet.copyOf(machine.capabilities()), machine.version());
    }

    /** The start on any machine. */
    Start start() {
        return start(Start.DEFAULT.capabilities(), Start.DEFAULT.kernel());
    }

    private Start start(ImmutableSortedSet<String> capabilities, KernelVersion kernel) {
        return new Start(runtime, noNewPrivileges, init, exec, capabilities, kernel);
    }

    /** Other starts, those nearest to what was given first. */
    List<Start> others() {
        Set<Start> others = new LinkedHashSet<>();
        add(others, runtime, !noNewPrivileges, init, exec);
        add(others, runtime, noNewPrivileges, !init, exec);
        add(others, runtime, noNewPrivileges, init, !exec);
        for (String name : RuntimeCalls.names()) {
            add(others, name, noNewPrivileges, init, exec);
            add(others, name, !noNewPrivileges, init, exec);
        }
        return List.copyOf(others);
    }

    private static void add(Set<Start> starts, String runtime, boolean noNewPrivileges, boolean init, boolean exec) {
        try {
            starts.add(new Start(
                    runtime, noNewPrivileges, init, exec, Start.DEFAULT.capabilities(), Start.DEFAULT.kernel()));
        } catch (RefusalException e) {
            // no such start: not every runtime has an init
        }
    }

    /** The options that say so, for a message. */
    static String words(Start start) {
        return "--runtime " + start.runtime() + (start.init() ? " --init" : "") + (start.exec() ? " --exec" : "")
                + (start.noNewPrivileges() ? " --no-new-privs" : ", and without --no-new-privs,");
    }
}
