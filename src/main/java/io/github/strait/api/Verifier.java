package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.ReadListener;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.observation.ArgumentSamples;
import io.github.strait.observation.Observation;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.report.VerificationReport;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.Filter;
import io.github.strait.verify.LayerNames;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.ObservedCalls;
import io.github.strait.verify.Verification;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Replays evidence against the filter of a profile. */
public final class Verifier {
    private final Claim claim;
    private final Start start;
    private final boolean isGiven;
    private final EvidenceRequest request;
    private final ArgumentWatch watch;

    /** @param isGiven whether the user says how the container is started */
    Verifier(Claim claim, Start start, boolean isGiven, EvidenceRequest request) {
        this.claim = claim;
        this.start = start;
        this.isGiven = isGiven;
        this.request = request;
        this.watch = claim.watch();
    }

    /** Reads evidence as {@link EvidenceRequest#read} does, with the arguments that the profile looks at. */
    public Evidence read(List<String> arguments, InputStream stdin, ReadListener progress) {
        return request.read(arguments, stdin, progress, watch);
    }

    /**
     * Replays evidence that this has read.
     *
     * @param targets the architectures to look at
     * @param minimal whether to find what nothing needs, and to test each run against a profile of the others
     */
    public VerificationReport verify(Evidence evidence, Targets targets, boolean minimal) {
        if (minimal) {
            claim.requireRules();
        }
        Observation observation = targets.of(evidence.observation());
        ObservedCalls observed = new ObservedCalls(observation, watch.samples());
        Set<Arch> arches = observation.architectures().keySet();
        AbiProfiles profiles = claim.profiles(arches);
        Verification verification = Verification.of(observed, claim.filters(profiles));
        LayerNames layers = Claim.layers(observation);
        Optional<Minimality> minimality =
                minimal ? Optional.of(Minimality.of(observed, profiles, layers)) : Optional.empty();
        Optional<CrossValidation> validation = minimal
                ? Optional.of(CrossValidation.of(
                        new ObservedCalls(observation, ArgumentSamples.NONE), others -> derived(others, arches)))
                : Optional.empty();
        ImmutableList<Obstacle> obstacles =
                isAboutStart(observation) ? claim.obstacles(profiles, start) : ImmutableList.of();
        return new VerificationReport(
                claim.name(),
                targets.derivedFrom(evidence.observation()),
                obstacles,
                verification,
                layers,
                minimality,
                validation);
    }

    /** Evidence of a part of a program, without its execve, does not show whether a container starts. */
    private boolean isAboutStart(Observation observation) {
        return isGiven
                || observation.architectures().values().stream()
                        .anyMatch(calls -> calls.syscalls().containsKey("execve"));
    }

    /** The profile that {@code generate} derives from these runs; one that allows nothing if it derives none. */
    private static Map<Arch, Filter> derived(Observation runs, Set<Arch> arches) {
        Profile profile;
        try {
            profile = DerivationRequest.builder().build().derivation(runs).plain();
        } catch (RefusalException e) {
            profile = Profile.builder(Action.ERRNO).architectures(arches).build();
        }
        Map<Arch, Filter> filters = new TreeMap<>();
        for (Arch arch : arches) {
            filters.put(arch, Filter.of(profile, arch));
        }
        return filters;
    }
}
