package io.github.strait.record;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** Finds a running container by its name or id, with the engines of this machine. */
final class RunningContainers {
    private static final int LONGEST = 255;
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}";

    private final EngineClient client;
    private final Predicate<ContainerEngine> isThere;
    private final LongPredicate isHere;

    /**
     * A search.
     *
     * @param isThere whether the command of an engine can be run
     * @param isHere whether a process of a container runs on this machine
     */
    RunningContainers(EngineClient client, Predicate<ContainerEngine> isThere, LongPredicate isHere) {
        this.client = client;
        this.isThere = isThere;
        this.isHere = isHere;
    }

    /**
     * The one running container of that name.
     *
     * @param chosen the engine to ask; all that are there when empty
     * @throws RefusalException when there is none, or several
     */
    FoundContainer find(String name, Optional<ContainerEngine> chosen) {
        if (name.isEmpty() || name.length() > LONGEST || !Printable.of(name).equals(name)) {
            throw RefusalException.usage("not a name or an id of a container: '" + Printable.of(name, 40) + "'");
        }
        List<ContainerEngine> engines = chosen.map(List::of).orElse(List.of(ContainerEngine.values())).stream()
                .filter(isThere)
                .toList();
        if (engines.isEmpty()) {
            throw refusal(
                    "no-engine",
                    "no " + chosen.map(ContainerEngine::toString).orElse("podman, docker, crictl or ctr")
                            + " on PATH to find the container with; attach to its"
                            + " first process: strait record --attach PID");
        }
        Map<Long, FoundContainer> running = new LinkedHashMap<>();
        List<FoundContainer> others = new ArrayList<>();
        Map<ContainerEngine, String> failures = new LinkedHashMap<>();
        for (ContainerEngine engine : engines) {
            try {
                for (FoundContainer found : engine.find(name, client)) {
                    if (found.isRunning()) {
                        // Docker's containers are containerd's, too
                        running.putIfAbsent(found.pid(), found);
                    } else {
                        others.add(found);
                    }
                }
            } catch (EngineException e) {
                failures.put(engine, e.getMessage());
            }
        }
        return only(name, engines, List.copyOf(running.values()), others, failures);
    }

    private FoundContainer only(
            String name,
            List<ContainerEngine> engines,
            List<FoundContainer> running,
            List<FoundContainer> others,
            Map<ContainerEngine, String> failures) {
        if (running.size() == 1) {
            return checked(running.get(0));
        }
        if (running.size() > 1) {
            boolean isOneEngine =
                    running.stream().map(FoundContainer::engine).distinct().count() == 1;
            throw refusal(
                    "several-containers",
                    "'" + name + "' names " + running.size() + " running containers ("
                            + running.stream().map(RunningContainers::named).collect(joining(", ")) + "); "
                            + (isOneEngine ? "give the id of one" : "choose one with --engine"));
        }
        if (!others.isEmpty()) {
            throw refusal(
                    "not-running",
                    "container '" + name + "' of " + others.get(0).engine() + " does not run ("
                            + Printable.of(others.get(0).state(), 40)
                            + "); start it, or record it from its start: strait record --image IMAGE -- CMD...");
        }
        List<ContainerEngine> answered =
                engines.stream().filter(engine -> !failures.containsKey(engine)).toList();
        String unasked = failures.entrySet().stream()
                .map(each -> each.getKey() + " cannot be asked: " + Printable.of(each.getValue(), 200))
                .collect(joining("; "));
        if (answered.isEmpty()) {
            throw refusal("no-engine", unasked + "; start it, be root, or attach with --attach PID");
        }
        throw refusal(
                "no-container",
                "no container '" + name + "' in "
                        + answered.stream().map(ContainerEngine::toString).collect(joining(", "))
                        + (unasked.isEmpty() ? "" : "; " + unasked) + "; see: "
                        + answered.get(0).list());
    }

    private static String named(FoundContainer container) {
        return container.engine() + " " + Printable.of(container.id(), 12).replace("...", "");
    }

    private FoundContainer checked(FoundContainer found) {
        if (found.isPaused()) {
            throw refusal(
                    "paused",
                    "container '" + Printable.of(found.name())
                            + "' is paused, and strace would wait for it; continue it" + " first: " + found.engine()
                            + " unpause");
        }
        if (!isHere.test(found.pid())) {
            throw refusal(
                    "not-here",
                    "container '" + Printable.of(found.name()) + "' has no process " + found.pid()
                            + " on this machine: " + found.engine()
                            + " runs it on another (DOCKER_HOST, CONTAINER_HOST), or strait is in a container itself; run"
                            + " strait where the container runs");
        }
        return found;
    }

    /** Whether there is such a process, and it has other files than this one, as all processes of containers do. */
    static boolean isContained(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        Path namespace = Path.of("ns", "mnt");
        try {
            return Files.exists(process)
                    && !Files.readSymbolicLink(process.resolve(namespace))
                            .equals(Files.readSymbolicLink(Path.of("/proc/self").resolve(namespace)));
        } catch (IOException e) {
            // not this user's: strace will say so
            return true;
        }
    }

    /** What to attach to. */
    Running running(FoundContainer found) {
        ImmutableSortedMap.Builder<Fact, String> facts = ImmutableSortedMap.naturalOrder();
        facts.put(Fact.NAME, found.name()).put(Fact.ID, found.id());
        found.image().ifPresent(image -> facts.put(Fact.IMAGE, image));
        found.digest().ifPresent(digest -> facts.put(Fact.DIGEST, digest));
        facts.put(Fact.ENGINE, new EngineVersion(client).of(found.engine()));
        String image = found.image().filter(word -> word.matches(WORD)).orElse("IMAGE");
        return new Running(
                "container '" + Printable.of(found.name()) + "'",
                found.name(),
                found.pid(),
                Cgroups.ofContainer(found.pid(), found.id()),
                facts.buildOrThrow(),
                "strait record --image " + image + " -- CMD..., or restart it with the runtime strait-oci");
    }

    private static RefusalException refusal(String code, String message) {
        return RefusalException.of(code, message);
    }
}
