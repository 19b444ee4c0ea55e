package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.runtime.RuntimeCalls;
import io.github.strait.runtime.Start;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way a container is started, which decides the calls made under the filter before the program runs.
 *
 * @param runtime the engine or runtime, with or without a version: {@code docker}, {@code runc@1.1}; {@code none} for none;
 *     {@code measured} for what recorded containers show, where a profile is derived
 * @param noNewPrivileges whether the container is started with no-new-privileges, so its runtime calls less
 * @param init whether it has an init ({@code docker run --init})
 * @param exec whether processes are started in it later ({@code docker exec}, probes)
 */
public record StartRequest(String runtime, boolean noNewPrivileges, boolean init, boolean exec) {
    /** {@code docker run IMAGE}. */
    public static final StartRequest DEFAULT = new StartRequest("docker", false, false, false);

    /** The start by a runtime or engine; by the default one when it is not known. */
    public static StartRequest of(String runtime, boolean noNewPrivileges) {
        return new StartRequest(
                runtimes().contains(runtime) ? runtime : DEFAULT.runtime(), noNewPrivileges, false, false);
    }

    /** The runtimes that are known. */
    public static ImmutableList<String> runtimes() {
        return RuntimeCalls.names().asList();
    }

    /** The runtime with which a container was recorded, as the header of its trace says; empty when strait does not know it. */
    public static Optional<String> recordedRuntime(Evidence evidence) {
        return evidence.observation().runs().stream()
                .flatMap(run -> run.recording().stream())
                .flatMap(recording -> Optional.ofNullable(recording.facts().get(Fact.RUNTIME)).stream())
                .map(version -> version.replaceFirst(" .*", ""))
                .filter(runtimes()::contains)
                .findFirst();
    }

    /** The same start with no-new-privileges, as {@code docker run --security-opt no-new-privileges}. */
    public StartRequest withNoNewPrivileges() {
        return new StartRequest(runtime, true, init, exec);
    }

    /** The runtime without its version, as formats call it. */
    String family() {
        String name = runtime.replaceFirst("@.*", "");
        return name.equals("runsc") ? "gvisor" : name;
    }

    /** Whether evidence says what the runtime calls. */
    boolean isMeasured() {
        return runtime.equals(MeasuredRuntime.NAME);
    }

    /** Whether it says something else than the default. */
    boolean isGiven() {
        return !runtime.equals(DEFAULT.runtime) || noNewPrivileges || init || exec;
    }

    /**
     * What is called under the filter before the program is.
     *
     * @throws RefusalException when there is no such start
     */
    RuntimeCalls calls() {
        // only evidence says which
        return isMeasured()
                ? RuntimeCalls.of("none", false, false, false)
                : RuntimeCalls.of(runtime, noNewPrivileges, init, exec);
    }

    /**
     * The start on a machine.
     *
     * @throws RefusalException when there is no such start
     */
    Start on(Machine machine) {
        return new Start(runtime, noNewPrivileges, init, exec, machine.capabilities(), machine.newest());
    }

    /** Other starts, those nearest to this one first. */
    List<StartRequest> others() {
        Set<StartRequest> others = new LinkedHashSet<>();
        others.add(new StartRequest(runtime, !noNewPrivileges, init, exec));
        others.add(new StartRequest(runtime, noNewPrivileges, !init, exec));
        others.add(new StartRequest(runtime, noNewPrivileges, init, !exec));
        for (String name : RuntimeCalls.names()) {
            others.add(new StartRequest(name, noNewPrivileges, init, exec));
            others.add(new StartRequest(name, !noNewPrivileges, init, exec));
        }
        List<StartRequest> possible = new ArrayList<>();
        for (StartRequest other : others) {
            if (other.isPossible()) {
                possible.add(other);
            }
        }
        return possible;
    }

    /** Not every runtime has an init. */
    private boolean isPossible() {
        try {
            calls();
            return true;
        } catch (RefusalException e) {
            return false;
        }
    }

    /** The options that say so, for a message. */
    String words() {
        return "--runtime " + runtime + (init ? " --init" : "") + (exec ? " --exec" : "")
                + (noNewPrivileges ? " --no-new-privs" : ", and without --no-new-privs,");
    }
}
