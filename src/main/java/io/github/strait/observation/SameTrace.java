package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares two readings of a trace with the same digest. They may differ in the name of the file, and in the ABI when
 * one declares and the other assumes it. Everything else must be equal, or one of them was changed after it was read:
 * without this check the altered one could replace the trace itself.
 */
final class SameTrace {
    private static final String ANY_FILE = "";

    private final Run a;
    private final Run b;

    private SameTrace(Run a, Run b) {
        this.a = a;
        this.b = b;
    }

    /** A difference that must not be; empty when both can be true. */
    static Optional<String> difference(Run a, Run b) {
        return new SameTrace(a, b).difference();
    }

    private Optional<String> difference() {
        if (!a.lines().equals(b.lines())) {
            return Optional.of("the number of lines");
        }
        if (!a.marks().equals(b.marks())) {
            return Optional.of("the marks");
        }
        if (!omissions(a).equals(omissions(b))
                && a.completeness().isPresent()
                && b.completeness().isPresent()) {
            return Optional.of("what is missing");
        }
        if (!a.recording().equals(b.recording())
                && a.recording().isPresent()
                && b.recording().isPresent()) {
            return Optional.of("how it was recorded");
        }
        if (!RuntimePart.isAlike(a.runtime(), b.runtime())) {
            return Optional.of("what a container's runtime called");
        }
        if (!lines(a).equals(lines(b))) {
            return Optional.of("the lines that were not understood");
        }
        boolean sameAbis = a.architectures().keySet().equals(b.architectures().keySet());
        if (a.weakestProof() == b.weakestProof() || sameAbis) {
            return architectures();
        }
        return a.weakestProof() == Proof.PROVEN || b.weakestProof() == Proof.PROVEN
                ? Optional.of("what the trace proves")
                : calls("", byName(a), byName(b));
    }

    /** How often each omission shows, whatever the files are called. */
    private static Map<Omission, Long> omissions(Run run) {
        return run.completeness()
                .<Map<Omission, Long>>map(known -> Maps.transformValues(known.signs(), Completeness.Sign::count))
                .orElse(Map.of());
    }

    private static Set<Long> lines(Run run) {
        return run.unparsedAt().stream().map(SourcePosition::line).collect(Collectors.toSet());
    }

    private Optional<String> architectures() {
        for (Arch arch :
                Sets.union(a.architectures().keySet(), b.architectures().keySet())) {
            ArchObservation one = a.architectures().get(arch);
            ArchObservation other = b.architectures().get(arch);
            if (one == null || other == null) {
                return Optional.of(arch.label());
            }
            Optional<String> difference = calls(" on " + arch.label(), one.syscalls(), other.syscalls())
                    .or(() -> arguments(" on " + arch.label(), one.syscalls(), other.syscalls()));
            if (difference.isPresent()) {
                return difference;
            }
            boolean isProven = one.proof() == Proof.PROVEN || other.proof() == Proof.PROVEN;
            if (isProven && one.proof() != other.proof()) {
                return Optional.of("what proves " + arch.label());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> calls(
            String where, Map<String, SyscallObservation> one, Map<String, SyscallObservation> other) {
        for (String name : Sets.union(one.keySet(), other.keySet())) {
            SyscallObservation seen = one.get(name);
            SyscallObservation otherwise = other.get(name);
            if (seen == null || otherwise == null || !bare(seen).equals(bare(otherwise))) {
                return Optional.of(name + where);
            }
        }
        return Optional.empty();
    }

    /**
     * The arguments of the same calls. A version may know places and names that another one does not, so one reading may
     * know less than the other, but not something else.
     */
    private static Optional<String> arguments(
            String where, Map<String, SyscallObservation> one, Map<String, SyscallObservation> other) {
        for (Map.Entry<String, SyscallObservation> each : one.entrySet()) {
            SyscallObservation otherwise = Objects.requireNonNull(other.get(each.getKey()));
            for (Map.Entry<String, ArgumentValues> place :
                    each.getValue().arguments().entrySet()) {
                ArgumentValues values = otherwise.arguments().get(place.getKey());
                if (values != null && !isPart(place.getValue(), values) && !isPart(values, place.getValue())) {
                    return Optional.of("the arguments of " + each.getKey() + where);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the one is what the other would be if some of its values were unknown, or were not kept. */
    private static boolean isPart(ArgumentValues one, ArgumentValues other) {
        if (one.more()) {
            return true;
        }
        for (Map.Entry<ArgumentTuple, Sighting> each : one.seen().entrySet()) {
            Sighting otherwise = other.seen().get(each.getKey());
            Sighting sighting = each.getValue();
            if (otherwise == null || otherwise.count() < sighting.count()) {
                return false;
            }
            if (otherwise.count() == sighting.count()
                    && otherwise.first().line() != sighting.first().line()) {
                return false;
            }
        }
        return true;
    }

    /** Without the name of the file and the arguments. */
    private static SyscallObservation bare(SyscallObservation seen) {
        return new SyscallObservation(
                seen.count(),
                seen.succeeded(),
                seen.unreturned(),
                seen.errors(),
                new SourcePosition(ANY_FILE, seen.first().line()),
                seen.programs(),
                seen.morePrograms(),
                seen.alternatives());
    }

    private static ImmutableSortedMap<String, SyscallObservation> byName(Run run) {
        TreeMap<String, SyscallObservation> sum = new TreeMap<>();
        run.architectures()
                .values()
                .forEach(arch ->
                        arch.syscalls().forEach((name, seen) -> sum.merge(name, seen, SyscallObservation::plus)));
        return ImmutableSortedMap.copyOf(sum);
    }
}
