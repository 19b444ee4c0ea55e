package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.derive.Derivation;
import io.github.strait.observation.Observation;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of {@code report}: all that there is to say of evidence and of the profile that follows from it.
 *
 * @param risks the allowed calls by risk, on each architecture of the profile
 * @param given a profile that was named, replayed against the evidence
 * @param against other evidence, against which the named or the derived profile was replayed
 */
public record EvidenceReport(
        Summary summary,
        Explanation explanation,
        ImmutableSortedMap<Arch, RiskComparison> risks,
        DiscoveryCurve discovery,
        ImmutableList<ProgramCalls> programs,
        ServingPhases phases,
        Optional<VerificationReport> given,
        Optional<Against> against) {
    /**
     * Other evidence.
     *
     * @param report what the profile does with it
     */
    public record Against(EvidenceCounts evidence, VerificationReport report) {
        /** What a profile does with this evidence. */
        public static Against of(Observation observation, VerificationReport report) {
            return new Against(EvidenceCounts.of(observation), report);
        }
    }

    /**
     * The report on a derivation.
     *
     * @param sharing between which ABIs the document shares its rules
     */
    public static EvidenceReport of(
            Observation observation,
            Derivation derivation,
            Sharing sharing,
            Optional<VerificationReport> given,
            Optional<Against> against) {
        TreeMap<Arch, RiskComparison> risks = new TreeMap<>();
        derivation
                .rationales()
                .forEach((arch, rationale) -> risks.put(arch, RiskComparison.of(arch, rationale.names())));
        return new EvidenceReport(
                Summary.of(observation, derivation, sharing, true),
                Explanation.of(observation, derivation, sharing, List.of()),
                ImmutableSortedMap.copyOf(risks),
                DiscoveryCurve.of(observation),
                ProgramCalls.of(observation),
                ServingPhases.of(observation),
                given,
                against);
    }
}
