package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.AllowedCalls;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meaning of a document. */
public final class Reading {
    private final @Nullable Profile profile;
    private final @Nullable RefusalException refusal;
    private final @Nullable AbiProfiles byAbi;
    private final ImmutableList<Diagnostic> diagnostics;

    private Reading(
            @Nullable Profile profile,
            @Nullable RefusalException refusal,
            @Nullable AbiProfiles byAbi,
            ImmutableList<Diagnostic> diagnostics) {
        this.profile = profile;
        this.refusal = refusal;
        this.byAbi = byAbi;
        this.diagnostics = diagnostics;
    }

    /** A document that is one profile for all of its ABIs. */
    public static Reading of(Profile profile, ImmutableList<Diagnostic> diagnostics) {
        return new Reading(profile, null, null, diagnostics);
    }

    /** A document that has a profile for each ABI, which together are one. */
    public static Reading of(AbiProfiles byAbi, Profile profile, ImmutableList<Diagnostic> diagnostics) {
        return new Reading(profile, null, byAbi, diagnostics);
    }

    /** A document that has a profile for each ABI, but no single one for all of them, and why. */
    public static Reading of(AbiProfiles byAbi, RefusalException refusal) {
        return new Reading(null, refusal, byAbi, ImmutableList.of());
    }

    /**
     * The one profile that the document says.
     *
     * @throws RefusalException when no profile is as narrow as the document, which has one for each ABI
     */
    public Profile profile() {
        if (profile == null) {
            throw refusal == null ? new IllegalStateException("neither a profile nor a refusal") : refusal;
        }
        return profile;
    }

    /** The profile for each ABI; empty when the document has one for all of them. */
    public Optional<AbiProfiles> byAbi() {
        return Optional.ofNullable(byAbi);
    }

    /**
     * The calls that the document allows on each ABI, with all arguments or with some.
     *
     * @param unlisted the ABIs of a document that lists none
     * @throws RefusalException when it has no profile of either kind
     */
    public ImmutableSetMultimap<Arch, String> allowedCalls(Set<Arch> unlisted) {
        return byAbi == null ? AllowedCalls.of(profile(), unlisted) : AllowedCalls.of(byAbi);
    }

    /** The warnings about parts without effect, in the order of the document. */
    public ImmutableList<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
