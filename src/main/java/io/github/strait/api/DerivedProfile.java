package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.ConditionNotes;
import io.github.strait.derive.Derivation;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.Traits;
import io.github.strait.observation.Observation;
import io.github.strait.profile.NewNames;
import io.github.strait.profile.Profile;
import io.github.strait.report.EvidenceReport;
import io.github.strait.report.Explanation;
import io.github.strait.report.Summary;
import io.github.strait.report.VerificationReport;
import io.github.strait.syscall.Libseccomp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A profile derived from evidence, with the reason for each call. */
public final class DerivedProfile {
    private final Observation observation;
    private final Derivation full;
    private final Derivation derivation;
    private final OutputFormat format;
    private final ImmutableList<Diagnostic> notes;

    /** What is written, once something asks for it. */
    private @Nullable Profile profile;

    /** @param notes about the derivation as a whole */
    DerivedProfile(
            Observation observation, Derivation derivation, OutputFormat format, ImmutableList<Diagnostic> notes) {
        this.notes = notes;
        this.observation = observation;
        this.full = derivation;
        this.derivation = format.fitting(derivation);
        this.format = format;
    }

    /** The same profile in another format. */
    public DerivedProfile as(OutputFormat other) {
        return new DerivedProfile(observation, full, other, notes);
    }

    /**
     * The document. The same evidence and request give the same bytes.
     *
     * @throws RefusalException when the format cannot express the profile
     */
    public byte[] write() {
        return format.write(observation, derivation);
    }

    /** The derivation, with the reasons for each call on each ABI. */
    public Derivation derivation() {
        return derivation;
    }

    /** Diagnostics about calls that were seen and cannot be allowed. */
    public ImmutableList<Diagnostic> diagnostics() {
        return ImmutableList.<Diagnostic>builder()
                .addAll(notes)
                .addAll(derivation.diagnostics())
                .addAll(ConditionNotes.of(derivation, format.format().traits().sharing()))
                .addAll(format.hardening(observation, derivation).notes())
                .build();
    }

    /** Warnings about surprising behaviour of the format's readers. */
    public ImmutableList<Diagnostic> warnings() {
        ImmutableList<Diagnostic> warnings = ImmutableList.<Diagnostic>builder()
                .addAll(format.format().warnings())
                .addAll(cautions())
                .build();
        return derivation == full || !full.isConditional()
                ? warnings
                : ImmutableList.<Diagnostic>builder()
                        .addAll(warnings)
                        .add(Diagnostic.note(
                                "no-conditions",
                                null,
                                "format '" + format + "' has no conditions on arguments: calls are allowed by name"))
                        .build();
    }

    /** A document with a profile for each ABI may have no single one for all. */
    private ImmutableList<Diagnostic> cautions() {
        return format.format() instanceof PerAbiFormat
                ? ImmutableList.of()
                : format.format().cautions(profile());
    }

    /** Notes on the instructions that the filter takes for a call. */
    public ImmutableList<Diagnostic> costs() {
        return format.costs(derivation);
    }

    /** What this library does not know of the profile, for the formats whose readers use it. */
    public List<Diagnostic> unknownNames(Libseccomp libseccomp) {
        return format.format().traits().has(Ability.LIBSECCOMP) ? NewNames.of(profile(), libseccomp) : List.of();
    }

    private Profile profile() {
        if (profile == null) {
            profile = format.profile(derivation);
        }
        return profile;
    }

    /** How many calls are allowed and denied, and why. */
    public Summary summary() {
        Traits traits = format.format().traits();
        return Summary.of(observation, derivation, traits.sharing(), traits.saysDenials());
    }

    /** Why each call is allowed: these calls, or all when no name is given. */
    public Explanation explanation(Collection<String> names) {
        return Explanation.of(observation, derivation, format.format().traits().sharing(), names);
    }

    /**
     * All that there is to say of the evidence and the profile.
     *
     * @param given a named profile, replayed against the evidence
     * @param against other evidence, against which a profile was replayed
     */
    public EvidenceReport report(Optional<VerificationReport> given, Optional<EvidenceReport.Against> against) {
        return EvidenceReport.of(
                observation, derivation, format.format().traits().sharing(), given, against);
    }

    OutputFormat format() {
        return format;
    }

    Observation observation() {
        return observation;
    }

    /** Whether {@code strait merge} takes the document. */
    public boolean isMerged() {
        return isReadable() || format.isBinary();
    }

    /** Whether a profile can be read back from the document. */
    boolean isReadable() {
        return format.format().traits().has(Ability.READABLE);
    }
}
