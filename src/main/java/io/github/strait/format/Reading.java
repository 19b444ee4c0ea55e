package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.github.strait.bpf.Decompiled;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.AllowedCalls;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meaning of a document. */
public final class Reading {
    private final @Nullable Profile profile;
    private final @Nullable RefusalException refusal;
    private final @Nullable AbiProfiles byAbi;
    private final ImmutableList<Diagnostic> diagnostics;
    private final Optional<Settings> settings;
    private final Optional<Decompiled> filter;

    private Reading(
            @Nullable Profile profile,
            @Nullable RefusalException refusal,
            @Nullable AbiProfiles byAbi,
            ImmutableList<Diagnostic> diagnostics,
            Optional<Settings> settings,
            Optional<Decompiled> filter) {
        this.profile = profile;
        this.refusal = refusal;
        this.byAbi = byAbi;
        this.diagnostics = diagnostics;
        this.settings = settings;
        this.filter = filter;
    }

    /** A document that is one profile for all of its ABIs. */
    public static Reading of(Profile profile, ImmutableList<Diagnostic> diagnostics) {
        return new Reading(profile, null, null, diagnostics, Optional.empty(), Optional.empty());
    }

    /** A document that has a profile for each ABI, which together are one. */
    public static Reading of(AbiProfiles byAbi, Profile profile, ImmutableList<Diagnostic> diagnostics) {
        return new Reading(profile, null, byAbi, diagnostics, Optional.empty(), Optional.empty());
    }

    /** A document that has a profile for each ABI, but no single one for all of them, and why. */
    public static Reading of(AbiProfiles byAbi, RefusalException refusal) {
        return new Reading(null, refusal, byAbi, ImmutableList.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Compiled filters, which may say something else for each ABI.
     *
     * @param position their document
     * @param notes what else is to be said about them
     */
    public static Reading of(Decompiled filter, SourcePosition position, ImmutableList<String> notes) {
        String why = filter.gap()
                .orElseGet(() -> "no single profile says what the filter does: " + filter.difference()
                        + "; the formats bpf, bpf-asm and names have rules for each architecture");
        return new Reading(
                filter.profile().orElse(null),
                RefusalException.of("inexpressible-profile", position, why),
                filter.gap().isPresent() ? null : filter.profiles(),
                Stream.concat(notes.stream(), filter.notes().stream())
                        .map(note -> Diagnostic.warning("not-in-rules", position, note))
                        .collect(ImmutableList.toImmutableList()),
                Optional.empty(),
                Optional.of(filter));
    }

    /** The same inside of a document that says this beside it, and has these warnings about the rest, which come first. */
    public Reading in(Settings around, ImmutableList<Diagnostic> more) {
        return new Reading(
                profile,
                refusal,
                byAbi,
                ImmutableList.<Diagnostic>builder()
                        .addAll(more)
                        .addAll(diagnostics)
                        .build(),
                Optional.of(around),
                filter);
    }

    /** What the document says beside the profile; empty in formats that say nothing. */
    public Optional<Settings> settings() {
        return settings;
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

    /** The compiled filters that the document is; empty when it is rules. */
    public Optional<Decompiled> filter() {
        return filter;
    }

    /**
     * The profile for each ABI; empty when the document has one for all of them.
     *
     * @throws RefusalException when the document is a filter that no rules describe; the message names the first call
     */
    public Optional<AbiProfiles> byAbi() {
        if (filter.isPresent() && byAbi == null) {
            profile();
        }
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
