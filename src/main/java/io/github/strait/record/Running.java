package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Recording.Kind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Running processes that have a common name: those of a container or of a systemd unit.
 *
 * @param title for messages: {@code container 'web'}
 * @param name the name alone
 * @param pid the process that stands for them
 * @param cgroups the control group that all of them are in; empty when there is none that is theirs alone, and then the
 *     descendants of the process are taken, and all of the pid namespace whose first it is
 * @param facts what is known of them, for the header of the trace
 * @param whole how to record what they called before
 */
public record Running(
        String title,
        String name,
        long pid,
        ImmutableList<Path> cgroups,
        ImmutableSortedMap<Fact, String> facts,
        String whole) {

    /**
     * The running container of that name or id.
     *
     * @param engine the engine to ask; all that are on PATH when empty
     * @throws RefusalException when there is none, or several
     */
    public static Running container(String name, Optional<ContainerEngine> engine, CallerEnvironment environment) {
        RunningContainers search = new RunningContainers(
                new EngineProcess(environment),
                each -> isThere(each.toString(), environment),
                RunningContainers::isContained);
        return search.running(search.find(name, engine));
    }

    /**
     * The systemd unit of that name.
     *
     * @throws RefusalException when it is not there, or has no process
     */
    public static Running unit(String name, CallerEnvironment environment) {
        return new RunningUnits(
                        new EngineProcess(environment), RunningUnits.hasSystemd(), isThere("systemctl", environment))
                .find(name);
    }

    static boolean isThere(String command, CallerEnvironment environment) {
        try {
            CommandLookup.find(command, environment.variable("PATH").orElse(null));
            return true;
        } catch (RefusalException e) {
            return false;
        }
    }

    /** What the header of a trace says of processes that run already. */
    static Recording recording(Optional<Running> running, RecordedMachine machine) {
        TreeMap<Fact, String> facts = new TreeMap<>(machine.facts());
        running.ifPresent(known -> facts.putAll(known.facts()));
        return new Recording(
                Kind.ATTACHED,
                ImmutableSortedMap.copyOf(facts),
                ImmutableList.of(),
                Optional.empty(),
                false,
                ImmutableSortedSet.of());
    }

    /** The default trace file: {@code NAME.strace} in the current directory. */
    public Path defaultTrace() {
        String safe = name.replaceAll("[^A-Za-z0-9_.@:+-]", "_");
        return Path.of((safe.startsWith(".") || safe.startsWith("-") ? "_" : "") + safe + ".strace");
    }
}
