package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What speaks against refusing some values of arguments, on the ABIs of a derivation: the first place of the evidence. */
final class Objections {
    /**
     * What speaks against it.
     *
     * @param at empty where it is no part of the evidence
     */
    record Objection(Optional<SourcePosition> at, String why) {}

    private final Observation observation;
    private final Derivation derivation;

    /** None yet is null. */
    private @Nullable Objection first;

    Objections(Observation observation, Derivation derivation) {
        this.observation = observation;
        this.derivation = derivation.byNames();
    }

    /** The first of all, those of the evidence before others. */
    Optional<Objection> first() {
        return Optional.ofNullable(first);
    }

    /** Objects where a call is made or allowed at all. */
    Objections never(String call, String why) {
        for (Arch arch : arches()) {
            seen(arch, call).ifPresent(seen -> object(seen.first(), why));
            unseen(arch, call);
        }
        return this;
    }

    /**
     * Objects where a call is made with a value that is refused, or one that is not known.
     *
     * @param isRefused asked for the first value that the catalogue of arguments has of the call
     */
    void values(String call, String why, BiPredicate<Arch, Long> isRefused) {
        for (Arch arch : arches()) {
            seen(arch, call).ifPresent(seen -> values(arch, call, seen, why, isRefused));
            unseen(arch, call);
        }
    }

    private void values(
            Arch arch, String call, SyscallObservation seen, String why, BiPredicate<Arch, Long> isRefused) {
        Set<Place> places = Catalogue.places(call, arch);
        ArgumentValues values = places.isEmpty()
                ? null
                : seen.arguments().get(places.iterator().next().toString());
        if (values == null || values.more()) {
            object(seen.first(), unknown(call));
            return;
        }
        values.unknownAt().ifPresent(at -> object(at, unknown(call)));
        for (Map.Entry<ArgumentTuple, Sighting> each : values.seen().entrySet()) {
            if (isRefused.test(arch, each.getKey().values().get(0))) {
                object(each.getValue().first(), why);
            }
        }
    }

    /** Objects where a call is made whose callers fall back to another one, and that one is not allowed. */
    void replaced(String call, String fallback) {
        for (Arch arch : arches()) {
            if (!derivation.rationale(arch).reasons().containsKey(fallback)) {
                seen(arch, call)
                        .ifPresent(seen -> object(
                                seen.first(),
                                call + " would be refused, and " + fallback
                                        + ", which callers use instead, is not allowed"));
            }
        }
    }

    /** Objects where the trace may mean the call by another one, or where it is allowed without evidence. */
    private void unseen(Arch arch, String call) {
        Multiplexer.of(call, arch)
                .flatMap(multiplexer -> seen(arch, multiplexer))
                .ifPresent(seen -> object(seen.first(), unknown(call)));
        for (SyscallObservation other : calls(arch).values()) {
            if (other.alternatives().contains(call)) {
                object(other.first(), unknown(call));
            }
        }
        ImmutableList<Reason> reasons = derivation.rationale(arch).reasons().getOrDefault(call, ImmutableList.of());
        for (int i = 0; i < reasons.size(); i++) {
            if (reasons.get(i) instanceof Reason.Layered layered) {
                if (layered.layer().equals(Overrides.LAYER)) {
                    object(Optional.empty(), "--allow " + call + " allows all arguments");
                } else if (i == 0) {
                    object(
                            Optional.empty(),
                            "layer " + layered.layer() + " allows " + call + ", whose arguments no evidence shows");
                }
            }
        }
    }

    private static String unknown(String call) {
        return "not all arguments of " + call + " are known";
    }

    private Set<Arch> arches() {
        return derivation.rationales().keySet();
    }

    private Map<String, SyscallObservation> calls(Arch arch) {
        ArchObservation seen = observation.architectures().get(arch);
        return seen == null ? Map.of() : seen.syscalls();
    }

    private Optional<SyscallObservation> seen(Arch arch, String call) {
        return Optional.ofNullable(calls(arch).get(call));
    }

    private void object(SourcePosition at, String why) {
        object(Optional.of(at), why);
    }

    private void object(Optional<SourcePosition> at, String why) {
        if (first == null || precedes(at, first.at())) {
            first = new Objection(at, why);
        }
    }

    private static boolean precedes(Optional<SourcePosition> one, Optional<SourcePosition> other) {
        return one.isPresent() && (other.isEmpty() || one.get().compareTo(other.get()) < 0);
    }
}
