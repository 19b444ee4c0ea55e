package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Iterables;
import com.google.common.collect.TreeBasedTable;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;

/**
 * When a server makes its calls: while it starts, or while it serves. A run serves from the first call on that waits for
 * clients after the first {@code listen}. Evidence keeps the first place of each call, so whether a call that is repeated
 * still occurs while the program serves is not known.
 *
 * @param since where each run that serves begins to
 * @param calls the calls of those runs whose place can be compared, by architecture and name
 */
public record ServingPhases(
        ImmutableList<SourcePosition> since, ImmutableTable<Arch, String, ServingPhases.Phase> calls) {
    /** When a call was made. */
    public enum Phase {
        /** Once in each run, while it started. */
        STARTING("starting only"),
        /** While it started, and perhaps again. */
        FROM_START("from the start on"),
        /** Never before the run served. */
        SERVING("serving only");

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        /** The word used in reports. */
        public String label() {
            return label;
        }

        private Phase and(Phase other) {
            return this == other ? this : FROM_START;
        }
    }

    private static final String LISTEN = "listen";

    /** The calls that wait for clients. */
    private static final ImmutableSet<String> WAITING = ImmutableSet.of(
            "accept",
            "accept4",
            "epoll_wait",
            "epoll_pwait",
            "epoll_pwait2",
            "poll",
            "ppoll",
            "ppoll_time64",
            "select",
            "_newselect",
            "pselect6",
            "pselect6_time64",
            "io_uring_enter");

    static ServingPhases of(Observation observation) {
        TreeBasedTable<Arch, String, Phase> calls = TreeBasedTable.create();
        ImmutableList.Builder<SourcePosition> since = ImmutableList.builder();
        for (Run run : observation.runs()) {
            since(run).ifPresent(serving -> {
                since.add(serving);
                add(run, serving, calls);
            });
        }
        return new ServingPhases(since.build(), ImmutableTable.copyOf(calls));
    }

    /** Whether any run serves. */
    public boolean isOfServer() {
        return !since.isEmpty();
    }

    /** When a call was made; empty when that is not known. */
    public Optional<Phase> of(Arch arch, String name) {
        return Optional.ofNullable(calls.get(arch, name));
    }

    private static Optional<SourcePosition> since(Run run) {
        Optional<SourcePosition> listening = first(run, ImmutableSet.of(LISTEN), Optional.empty());
        return listening.flatMap(after -> first(run, WAITING, listening));
    }

    /** The first place of any of these calls, after a place in the same file. */
    private static Optional<SourcePosition> first(Run run, ImmutableSet<String> names, Optional<SourcePosition> after) {
        return run.architectures().values().stream()
                .flatMap(arch -> arch.syscalls().entrySet().stream())
                .filter(call -> names.contains(call.getKey()))
                .map(call -> call.getValue().first())
                .filter(at -> after.isEmpty() || isAfter(at, after.get()))
                .min(SourcePosition::compareTo);
    }

    private static boolean isAfter(SourcePosition at, SourcePosition other) {
        return at.file().equals(other.file()) && at.line() > other.line();
    }

    private static void add(Run run, SourcePosition serving, TreeBasedTable<Arch, String, Phase> calls) {
        for (Map.Entry<Arch, ArchObservation> arch : run.architectures().entrySet()) {
            for (Map.Entry<String, SyscallObservation> call : Iterables.filter(
                    arch.getValue().syscalls().entrySet(),
                    each -> each.getValue().first().file().equals(serving.file()))) {
                Phase here = phase(call.getValue(), serving);
                Phase before = calls.get(arch.getKey(), call.getKey());
                calls.put(arch.getKey(), call.getKey(), before == null ? here : before.and(here));
            }
        }
    }

    private static Phase phase(SyscallObservation call, SourcePosition serving) {
        if (call.first().line() >= serving.line()) {
            return Phase.SERVING;
        }
        return call.count() == 1 ? Phase.STARTING : Phase.FROM_START;
    }
}
