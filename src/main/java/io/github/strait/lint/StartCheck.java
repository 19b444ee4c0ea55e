package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Severity;
import io.github.strait.start.Obstacle;
import io.github.strait.start.Startability;
import io.github.strait.syscall.Arch;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a container starts at all. */
final class StartCheck implements Check {
    private static final String EXECVE = "execve";

    @Override
    public String id() {
        return "does-not-start";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28, glibc 2.36, one denied call at a time";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        ImmutableList<Obstacle> obstacles = subject.profile()
                .map(profile -> Startability.of(profile, subject.hosts(), subject.start()))
                .orElse(ImmutableList.of());
        // without execve there is a finding already, and what else is missing does not matter yet
        if (obstacles.stream().anyMatch(obstacle -> obstacle.calls().contains(EXECVE))) {
            return;
        }
        ImmutableSortedSet<Arch> hosts =
                ImmutableSortedSet.copyOf(subject.hosts().isEmpty() ? Startability.USUAL : subject.hosts());
        Set<Arch> dead = new TreeSet<>();
        obstacles.stream()
                .filter(obstacle -> obstacle.kind().isFinal())
                .forEach(obstacle -> dead.addAll(obstacle.machines()));
        boolean isEverywhere = dead.containsAll(hosts);
        for (Obstacle obstacle : obstacles) {
            findings.add(
                    severity(obstacle.kind(), isEverywhere),
                    subject.defaultLine(),
                    OptionalInt.empty(),
                    obstacle.calls(),
                    where(obstacle, hosts) + obstacle.what(),
                    obstacle.remedy());
        }
    }

    private static Severity severity(Obstacle.Kind kind, boolean isEverywhere) {
        return switch (kind) {
            case NO_PROGRAM, NO_RUNTIME -> isEverywhere ? Severity.ERROR : Severity.WARNING;
            case NO_EXEC -> Severity.ERROR;
            case ONLY_WITH_NO_NEW_PRIVILEGES, SOME_VERSIONS, AT_TIMES, NO_LOADER -> Severity.WARNING;
            case NO_LOADER_PERHAPS -> Severity.NOTE;
        };
    }

    /** Names the machines when there are others where it is different. */
    private static String where(Obstacle obstacle, ImmutableSortedSet<Arch> hosts) {
        return Sets.difference(hosts, obstacle.machines()).isEmpty()
                ? ""
                : "on " + obstacle.machines().stream().map(Arch::label).collect(Collectors.joining(" and ")) + ", ";
    }
}
