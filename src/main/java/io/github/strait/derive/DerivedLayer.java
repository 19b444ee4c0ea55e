package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.DerivedCalls.Origin;
import io.github.strait.derive.DerivedCalls.Way;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The calls of an ABI without evidence of its own, as evidence of another one says.
 *
 * @param target the ABI without evidence
 * @param calls what follows from the evidence of the other
 * @param seen that evidence, by libseccomp name
 * @param multiplexers which of its calls were made through a multiplexer alone, and through which
 */
public record DerivedLayer(
        Arch target,
        DerivedCalls calls,
        ImmutableSortedMap<String, SyscallObservation> seen,
        ImmutableMap<String, String> multiplexers) {
    /** The name of the layer. */
    public static final String NAME = "derived";

    private static final ImmutableSortedSet<String> STARTED = ImmutableSortedSet.of("execve");

    /** The layer, of no calls until the evidence and the ABI are known. */
    static final Layer LAYER =
            new Layer(NAME, "calls that follow from evidence of another architecture", ImmutableSortedMap.of());

    /**
     * Derives from the ABI that most runs show.
     *
     * @throws RefusalException when it shows only calls without a name
     */
    static DerivedLayer of(Observation observation, Arch target) {
        Arch source = source(observation, target);
        ArchObservation of = observation.architectures().get(source);
        if (of == null) {
            throw new IllegalArgumentException("evidence without an ABI");
        }
        SourceCalls calls = SourceCalls.of(source, target, of.syscalls());
        if (calls.names().isEmpty()) {
            throw RefusalException.of(
                            "no-profile",
                            "the evidence shows only calls without a name, and nothing follows from them for "
                                    + target.label() + "; record again")
                    .at(SourcePosition.ofFile(observation.runs().get(0).source()));
        }
        return new DerivedLayer(
                target, DerivedCalls.of(source, target, calls.names()), calls.seen(), calls.multiplexers());
    }

    /**
     * Whether evidence shows what programs call on an ABI. strace starts a 32-bit program with a call of the machine's own
     * ABI, which shows nothing of the program: that ABI has no evidence if another one has.
     */
    public static boolean isObserved(Observation observation, Arch arch) {
        ArchObservation seen = observation.architectures().get(arch);
        return seen != null
                && (isOfProgram(seen)
                        || observation.architectures().values().stream().noneMatch(DerivedLayer::isOfProgram));
    }

    private static boolean isOfProgram(ArchObservation seen) {
        return !seen.syscalls().keySet().equals(STARTED);
    }

    /** Of several, a program's own width comes first, then the ABI with most calls, then the first. */
    static Arch source(Observation observation, Arch target) {
        TreeMap<Arch, Integer> runs = new TreeMap<>();
        for (Run run : observation.runs()) {
            for (Arch arch : run.architectures().keySet()) {
                runs.merge(arch, 1, Integer::sum);
            }
        }
        return observation.architectures().entrySet().stream()
                .max(Comparator.<Map.Entry<Arch, ArchObservation>, Boolean>comparing(
                                each -> isOfProgram(each.getValue()))
                        .thenComparingInt(each -> runs.getOrDefault(each.getKey(), 0))
                        .thenComparing(each -> AbiMapRow.isNarrow(each.getKey()) == AbiMapRow.isNarrow(target))
                        .thenComparingInt(each -> each.getValue().syscalls().size())
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .orElseThrow()
                .getKey();
    }

    /**
     * The calls that would follow from the evidence of another ABI and do not follow from this layer's; none when the other
     * one shows nothing of a program.
     */
    ImmutableSortedSet<String> leftOut(Arch other, ArchObservation seen) {
        if (!isOfProgram(seen)) {
            return ImmutableSortedSet.of();
        }
        SourceCalls of = SourceCalls.of(other, target, seen.syscalls());
        ImmutableSortedSet<String> follow =
                DerivedCalls.of(other, target, of.names()).calls().keySet();
        return ImmutableSortedSet.copyOf(Sets.difference(follow, calls.calls().keySet()));
    }

    /** The layer with its calls, each with the evidence and the reason. */
    Layer layer() {
        ImmutableSortedMap.Builder<String, String> reasons = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, ImmutableList<Origin>> call : calls.calls().entrySet()) {
            reasons.put(call.getKey(), why(call.getValue().get(0)));
        }
        return new Layer(LAYER.name(), LAYER.purpose(), reasons.build());
    }

    /** {@code from x86_64: open, 121 calls, first at F:L; libc makes this call where the ABI has no open (measured)}. */
    private String why(Origin origin) {
        String power = origin.power().isEmpty() ? "" : ", and " + origin.power();
        String reason = origin.why() + power + (origin.isKnownOnly() ? " (known, not measured)" : " (measured)");
        if (origin.way() == Way.START) {
            return "at the start on " + target.label() + ": " + reason;
        }
        SyscallObservation of = seen.get(origin.call());
        String multiplexer = multiplexers.get(origin.call());
        String evidence = "from " + calls.source().label() + ": " + origin.call()
                + (multiplexer == null ? "" : " by " + multiplexer)
                + (of == null
                        ? ", which the evidence may mean"
                        : ", " + of.count() + (of.count() == 1 ? " call" : " calls") + ", first at "
                                + Printable.of(of.first().toString()));
        return origin.way() == Way.SAME ? evidence : evidence + "; " + reason;
    }

    /** The ABI of the evidence. */
    public Arch source() {
        return calls.source();
    }

    /**
     * In what way a call follows.
     *
     * @throws IllegalArgumentException when it does not
     */
    public Way way(String name) {
        ImmutableList<Origin> origins = origins(name);
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' does not follow");
        }
        return origins.get(0).way();
    }

    /** Where a call comes from, the best known way first; none when it does not follow. */
    ImmutableList<Origin> origins(String name) {
        return calls.calls().getOrDefault(name, ImmutableList.of());
    }

    /** The warning about calls that follow from rows that nothing was measured for. */
    Optional<Diagnostic> warning() {
        List<String> known = new ArrayList<>();
        for (Map.Entry<String, ImmutableList<Origin>> call : calls.calls().entrySet()) {
            if (call.getValue().get(0).isKnownOnly()) {
                known.add(call.getKey());
            }
        }
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        "derived",
                        null,
                        known.size() + " of the calls derived for " + target.label() + " are known and not measured: "
                                + String.join(" ", known)));
    }
}
