package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.Map;
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
            Optional<String> difference = calls(" on " + arch.label(), one.syscalls(), other.syscalls());
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

    /** Without the name of the file. */
    private static SyscallObservation bare(SyscallObservation seen) {
        return seen.at(new SourcePosition(ANY_FILE, seen.first().line()));
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
