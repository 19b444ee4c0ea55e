package io.github.strait.record;

import static java.util.stream.Collectors.joining;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Processes that come into a container or a unit from outside while it is recorded, as exec and health checks bring them:
 * no traced process has made them, so strace does not follow them. One counts when it is there at two looks: at the last, strace may be about to let all go.
 */
final class Newcomers {
    private static final int NAMED = 3;

    private final Running running;
    private final long strace;
    private final Set<Long> known;
    private final Map<Long, String> names = new TreeMap<>();
    private Set<Long> before = Set.of();

    /** Begins when strace has attached to all that it can; what it could not was told. */
    Newcomers(Running running, long strace) {
        this.running = running;
        this.strace = strace;
        this.known = new HashSet<>(Cgroups.processes(running.cgroups()));
    }

    /** Looks once more. */
    void look() {
        Set<Long> untraced = Cgroups.processes(running.cgroups());
        untraced.removeIf(pid -> known.contains(pid) || Tracees.tracer(pid) == strace || Tracees.hasEnded(pid));
        untraced.stream().filter(before::contains).forEach(pid -> names.put(pid, Tracees.name(pid)));
        before = untraced;
    }

    /** The warning of those that came; empty when none was seen. */
    Optional<Diagnostic> warning() {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String named = names.entrySet().stream()
                .limit(NAMED)
                .map(each -> each.getKey() + " (" + Printable.of(each.getValue()) + ")")
                .collect(joining(", "));
        int more = names.size() - NAMED;
        return Optional.of(Diagnostic.warning(
                "newcomers",
                null,
                "processes that were started in " + running.title()
                        + " from outside, as exec and health checks do, are not recorded: " + named
                        + (more > 0 ? " and " + more + " more" : "")
                        + "; attach while such a process runs, or record sessions with the runtime strait-oci"));
    }
}
