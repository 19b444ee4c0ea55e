package io.github.strait.observation;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The head of an observation document: the sum over all runs. People review it and programs rely on it, so it must
 * match the evidence below it.
 */
final class ObservationHead {
    private static final List<String> ARCH_KEYS = List.of(
            "proof", "runs", NewCallRateJson.RUNS_ALONE, NewCallRateJson.RATE, NewCallRateJson.INTERVAL, "syscalls");
    private static final List<String> CALL_KEYS = List.of("count", "runs", "alternatives");

    private static final long UNKNOWN = -1;

    /** One call of the head. */
    private record Sum(ObservationNode at, long count, long runs, ImmutableSet<String> alternatives) {
        /** Both together, where two names turn out to be one; in how many runs either of them is, is not known. */
        Sum plus(Sum other) {
            return new Sum(
                    at,
                    count + other.count,
                    UNKNOWN,
                    Sets.union(alternatives, other.alternatives).immutableCopy());
        }
    }

    private final Observation observation;
    private final ObservedNames names;
    private final Consumer<ObservationNode> unknown;

    ObservationHead(Observation observation, ObservedNames names, Consumer<ObservationNode> unknown) {
        this.observation = observation;
        this.names = names;
        this.unknown = unknown;
    }

    /**
     * Compares the head of a document with what its runs give.
     *
     * @throws RefusalException at the first difference
     */
    void check(ObservationNode root) {
        same(root.get("runs"), root.get("runs").sum(), observation.runs().size());
        NewCallRates rates = NewCallRates.of(observation);
        NewCallRateJson.check(root, rates.all());
        ObservationNode lines = root.get("lines");
        LineCounts counted = observation.lines();
        same(lines.get("total"), lines.get("total").sum(), counted.total());
        same(lines.get("calls"), lines.get("calls").sum(), counted.calls());
        same(lines.get("other"), lines.get("other").sum(), counted.other());
        same(lines.get("unparsed"), lines.get("unparsed").sum(), counted.unparsed());
        ObservationNode architectures = root.get("architectures");
        Map<Arch, ArchObservation> seen = observation.architectures();
        for (ObservationNode each : architectures.properties()) {
            Arch arch = ObservationReader.arch(each);
            ArchObservation sum = seen.get(arch);
            if (sum == null) {
                throw each.fault("is in no run below");
            }
            check(each, arch, sum);
            NewCallRate rate = rates.of(arch);
            if (each.has("runs")) { // not written by older versions
                same(each.get("runs"), each.get("runs").sum(), rate.runs());
            }
            NewCallRateJson.check(each, rate);
        }
        seen.keySet().stream()
                .filter(arch -> !architectures.has(arch.label()))
                .findFirst()
                .ifPresent(arch -> {
                    throw architectures.fault("lacks \"" + arch.label() + "\", which runs below have");
                });
    }

    private void check(ObservationNode at, Arch arch, ArchObservation sum) {
        at.expect(ARCH_KEYS, unknown);
        ObservationNode proof = at.get("proof");
        if (!proof.text().equals(sum.proof().label())) {
            throw proof.fault("says " + ObservationNode.shown(proof.text()) + ", and the runs below give '"
                    + sum.proof().label() + "'");
        }
        Map<String, Sum> head = new TreeMap<>();
        for (ObservationNode call : at.get("syscalls").properties()) {
            head.merge(names.name(call, call.key(), arch), sum(call, arch), Sum::plus);
        }
        Map<String, Integer> runs = observation.runsBySyscall(arch);
        head.forEach((name, said) -> {
            SyscallObservation call = sum.syscalls().get(name);
            if (call == null) {
                throw said.at.fault("is in no run below");
            }
            same(said.at.get("count"), said.count, call.count());
            if (said.runs != UNKNOWN) {
                same(said.at.get("runs"), said.runs, runs.getOrDefault(name, 0));
            }
            if (!said.alternatives.equals(call.alternatives())) {
                throw said.at.fault("has other \"alternatives\" than the runs below");
            }
        });
        Sets.difference(sum.syscalls().keySet(), head.keySet()).stream()
                .findFirst()
                .ifPresent(name -> {
                    throw at.get("syscalls").fault("lacks \"" + name + "\", which runs below have");
                });
    }

    private Sum sum(ObservationNode call, Arch arch) {
        call.expect(CALL_KEYS, unknown);
        ImmutableSet.Builder<String> alternatives = ImmutableSet.builder();
        call.optionalTexts("alternatives")
                .forEach(alternative -> alternatives.add(names.name(alternative, alternative.text(), arch)));
        return new Sum(call, call.get("count").sum(), call.get("runs").sum(), alternatives.build());
    }

    private static void same(ObservationNode at, long said, long given) {
        if (said != given) {
            throw at.fault("says " + said + ", and the runs below give " + given);
        }
    }
}
