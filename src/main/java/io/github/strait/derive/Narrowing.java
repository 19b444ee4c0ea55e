package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.Tier;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.CallEvidence;
import io.github.strait.condition.Obstacle;
import io.github.strait.condition.Opening;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the conditions of the calls that are allowed on one ABI. */
final class Narrowing {
    private static final String SOCKET = "socket";
    private static final String CLONE = "clone";
    private static final String CLONE3 = "clone3";

    private final Arch arch;
    private final Tier tier;
    private final ImmutableSet<String> leftOut;
    private final RuntimeArguments runtime;
    private final RuntimeArguments imports;
    private final boolean hasSiblings;
    private final Optional<Release> target;
    private final Optional<DerivedArguments> derived;
    private final TreeMap<String, ImmutableList<Reason>> reasons;
    private final TreeMap<String, Denial> denials;
    private final TreeMap<String, CallConditions> conditions = new TreeMap<>();

    /**
     * @param leftOut the calls that some recording did not show, so their values are not known
     * @param derived what the calls of an ABI without evidence follow from
     */
    Narrowing(
            Arch arch,
            Rationale names,
            Tier tier,
            DeriveOptions options,
            ImmutableSet<String> leftOut,
            Optional<DerivedLayer> derived) {
        this.arch = arch;
        this.tier = tier;
        this.leftOut = leftOut;
        this.runtime = RuntimeArguments.of(options.layers(), arch);
        this.imports = RuntimeArguments.of(ImportsLayer.NAME, ImportsLayer.LAYERS, arch);
        this.derived = derived.map(DerivedArguments::new);
        this.hasSiblings = options.layers().contains(Siblings.LAYER);
        this.target = options.release();
        this.reasons = new TreeMap<>(names.reasons());
        this.denials = new TreeMap<>(names.denials());
    }

    /**
     * The same calls with conditions.
     *
     * @param isReplacing whether clone3 is refused where that lets the flags of clone be compared
     */
    Rationale of(boolean isReplacing) {
        if (isReplacing) {
            refuse();
        }
        narrow();
        return new Rationale(
                ImmutableSortedMap.copyOfSorted(reasons),
                ImmutableSortedMap.copyOfSorted(denials),
                ImmutableSortedMap.copyOfSorted(conditions));
    }

    /** Whether clone3 is refused on some ABI, and a document for all of them cannot compare the flags of clone. */
    static boolean isRefusalInVain(Map<Arch, Rationale> narrowed) {
        boolean isRefused = false;
        for (Rationale rationale : narrowed.values()) {
            Denial denial = rationale.denials().get(CLONE3);
            isRefused |= denial != null && denial.cause() == Denial.Cause.REPLACED;
        }
        CallConditions clone = isRefused ? SharedConditions.of(narrowed).get(CLONE) : null;
        return clone != null && !clone.isConditional();
    }

    private void narrow() {
        boolean isInetOpen = isInetOpen();
        for (String name : reasons.keySet()) {
            if (Catalogue.has(name, arch, tier)) {
                conditions.put(name, conditions(name, isInetOpen));
            }
        }
    }

    /** Whether inet sockets are let through; a multiplexer may make any. */
    private boolean isInetOpen() {
        Optional<String> multiplexer = Multiplexer.of(SOCKET, arch);
        if (multiplexer.isPresent() && reasons.containsKey(multiplexer.get())) {
            return true;
        }
        if (!reasons.containsKey(SOCKET)) {
            return false;
        }
        CallConditions socket = conditions(SOCKET, false);
        boolean isOpen = !socket.isConditional();
        for (Opening opening : socket.openings()) {
            isOpen |=
                    opening.group().isPresent() && opening.group().get().name().equals("inet");
        }
        return isOpen;
    }

    private CallConditions conditions(String name, boolean isInetOpen) {
        if (leftOut.contains(name)) {
            return CallConditions.without(Obstacle.named(Obstacle.Kind.LEFT_OUT, ""));
        }
        ImmutableList<Reason> why = reasons.getOrDefault(name, ImmutableList.of());
        Optional<SyscallObservation> seen = Optional.empty();
        ImmutableMap<String, ImmutableSet<ArgumentTuple>> needed = ImmutableMap.of();
        boolean isOfRuntime = false;
        String layer = "";
        for (Reason reason : why) {
            if (reason instanceof Reason.Observed observed) {
                seen = Optional.of(observed.seen());
            } else if (reason instanceof Reason.Alternative other) {
                return CallConditions.without(unclear(other.multiplexer()));
            } else if (reason instanceof Reason.Layered layered) {
                if (layered.layer().equals(Overrides.LAYER)) {
                    return CallConditions.without(Obstacle.named(Obstacle.Kind.ASKED, layered.layer()));
                }
                layer = layer.isEmpty() ? layered.layer() : layer;
                if (layered.layer().equals(RuntimeLayer.NAME)) {
                    isOfRuntime = true;
                    needed = runtime.of(name);
                } else if (!isOfRuntime && ImportsLayer.isOne(layered.layer())) {
                    needed = imports.of(name);
                }
            }
        }
        if (isFallback(why) && !isOfRuntime) {
            needed = nothing(name);
        }
        CallEvidence evidence = new CallEvidence(seen, needed, isOfRuntime, siblings(name), layer, isInetOpen);
        return CallConditions.of(name, arch, tier, evidence);
    }

    private Optional<ImmutableMap<String, ImmutableSortedMap<ArgumentTuple, Sighting>>> siblings(String name) {
        if (derived.isPresent() && isDerived(name)) {
            return Optional.of(derived.get().of(name));
        }
        return hasSiblings ? new SiblingArguments(reasons, arch, target).of(name) : Optional.empty();
    }

    private boolean isDerived(String name) {
        return reasons.getOrDefault(name, ImmutableList.of()).stream()
                .anyMatch(reason -> reason instanceof Reason.Layered layered
                        && layered.layer().equals(DerivedLayer.NAME));
    }

    private static boolean isFallback(List<Reason> why) {
        return why.stream().anyMatch(reason -> reason instanceof Reason.Fallback);
    }

    /** The values of a call that stands in for another one are known: those of that one, which has nothing special. */
    private ImmutableMap<String, ImmutableSet<ArgumentTuple>> nothing(String name) {
        ImmutableMap.Builder<String, ImmutableSet<ArgumentTuple>> none = ImmutableMap.builder();
        for (Place place : Catalogue.places(name, arch)) {
            none.put(place.toString(), ImmutableSet.of());
        }
        return none.buildKeepingLast();
    }

    /** Calls that the text of another one may mean have unknown arguments. */
    private Obstacle unclear(String other) {
        for (Reason reason : reasons.getOrDefault(other, ImmutableList.of())) {
            if (reason instanceof Reason.Observed observed) {
                return Obstacle.unknown(observed.seen().count(), observed.seen().first());
            }
        }
        return Obstacle.named(Obstacle.Kind.MULTIPLEXER, other);
    }

    /** Refuses clone3 where no flag of it was seen that clone has not, or that the profile forbids clone. */
    private void refuse() {
        boolean isAsked = denials.containsKey(CLONE) && denials.get(CLONE).cause() != Denial.Cause.FALLBACK;
        if (isAsked || !isRefusable()) {
            return;
        }
        ImmutableList<Reason> before = reasons.getOrDefault(CLONE, ImmutableList.of());
        if (before.isEmpty() || before.get(0) instanceof Reason.Layered) {
            boolean isSeen = Objects.requireNonNull(reasons.get(CLONE3)).get(0) instanceof Reason.Observed;
            ImmutableList<Reason> instead = ImmutableList.of(new Reason.Fallback(CLONE3));
            reasons.put(
                    CLONE,
                    ImmutableList.<Reason>builder()
                            .addAll(isSeen ? instead : before)
                            .addAll(isSeen ? before : instead)
                            .build());
        }
        if (!conditions(CLONE, false).isConditional()) {
            if (before.isEmpty()) {
                reasons.remove(CLONE);
            } else {
                reasons.put(CLONE, before);
            }
            return;
        }
        reasons.remove(CLONE3);
        denials.remove(CLONE);
        denials.put(
                CLONE3,
                new Denial(
                        "ENOSYS",
                        "its flags are in memory, where no filter looks; callers use clone, whose flags are compared",
                        Denial.Cause.REPLACED));
    }

    private boolean isRefusable() {
        if (derived.isPresent() && !derived.get().isCloneThreePlain()) {
            return false;
        }
        for (Reason reason : reasons.getOrDefault(CLONE3, ImmutableList.of())) {
            if (reason instanceof Reason.Observed observed && !CloneFlags.arePlain(observed.seen(), arch)) {
                return false;
            }
            if (reason instanceof Reason.Layered layered && layered.layer().equals(Overrides.LAYER)) {
                return false;
            }
        }
        return reasons.containsKey(CLONE3);
    }
}
