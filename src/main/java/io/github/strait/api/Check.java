package io.github.strait.api;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.profile.Difference;
import io.github.strait.report.CheckReport;
import io.github.strait.report.Drift;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Compares a committed profile with the one that evidence gives now. */
public final class Check {
    private final ProfileFile committed;
    private final DerivedProfile derived;
    private final byte[] now;
    private final DiagnosticListener listener;

    /**
     * Writes the profile that the evidence gives.
     *
     * @param listener told what there is to say about the documents
     * @throws RefusalException when it cannot be written
     */
    public Check(ProfileFile committed, DerivedProfile derived, DiagnosticListener listener) {
        this.committed = committed;
        this.derived = derived;
        this.now = derived.write();
        this.listener = listener;
    }

    /** Whether both are the same bytes. */
    public boolean isIdentical() {
        return Arrays.equals(committed.content(), now);
    }

    /**
     * How they differ.
     *
     * @param request what the profile was derived for
     * @param quality how good the evidence is
     * @param again the command that writes the profile again
     * @throws RefusalException when the committed profile cannot be read
     */
    public CheckReport report(DerivationRequest request, CheckReport.Quality quality, String again) {
        boolean isIdentical = isIdentical();
        Optional<String> start = isIdentical ? Optional.empty() : request.otherStart(derived, committed.content());
        if (!derived.isReadable()) {
            return new CheckReport(
                    committed.name(), isIdentical, Optional.empty(), Optional.empty(), false, quality, start, again);
        }
        Set<Arch> arches = derived.derivation().rationales().keySet();
        Drift drift = Drift.of(
                read(committed.content()).allowedCalls(arches), read(now).allowedCalls(arches), derived.derivation());
        Optional<Difference> difference = difference(arches);
        boolean meansTheSame =
                drift.isEmpty() && difference.filter(drift::accountsFor).isPresent();
        boolean isScoped = meansTheSame && isScoped(committed.content()) && !isScoped(now);
        return new CheckReport(
                committed.name(), isIdentical, Optional.of(drift), difference, isScoped, quality, start, again);
    }

    private Reading read(byte[] document) {
        return Formats.read(committed.name(), document, new Reader(Engine.DOCKER, machine()));
    }

    /** A machine of the evidence: a document may say native, or other things for each machine. */
    private Arch machine() {
        Set<Arch> arches = derived.derivation().rationales().keySet();
        return arches.isEmpty() || arches.contains(Reader.USUAL.machine())
                ? Reader.USUAL.machine()
                : arches.iterator().next();
    }

    /** The difference in meaning between the documents; empty when they have too many conditions to compare. */
    private Optional<Difference> difference(Set<Arch> arches) {
        Difference.Side before = side(committed.content(), arches);
        Difference.Side after = side(now, arches);
        try {
            return Optional.of(Difference.of(before, after));
        } catch (RefusalException e) {
            return Optional.empty();
        }
    }

    private Difference.Side side(byte[] document, Set<Arch> arches) {
        Claim claim =
                Claim.of(new ProfileFile(committed.name(), document), new ProfileResolver(Machine.DEFAULT, listener));
        return new Difference.Side(claim.profiles(arches), true, claim.flags());
    }

    private boolean isScoped(byte[] document) {
        Reading reading = read(document);
        return reading.byAbi().isEmpty() && ProfileResolver.isScoped(reading.profile());
    }
}
