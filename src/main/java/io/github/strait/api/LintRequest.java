package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.bpf.Decompiled;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.oci.Draft;
import io.github.strait.lint.Finding;
import io.github.strait.lint.Lint;
import io.github.strait.profile.Profile;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Libseccomp;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The options for linting profiles. */
public final class LintRequest {
    private final Start start;
    private final Libseccomp libseccomp;

    /**
     * A request.
     *
     * @param libseccomp the library that turns names into numbers where the profile is used
     * @throws RefusalException when there is no such start
     */
    public LintRequest(StartRequest start, Machine machine, Libseccomp libseccomp) {
        this.start = start.on(machine);
        this.libseccomp = libseccomp;
    }

    /**
     * The findings about a profile.
     *
     * @param listener told what there is to say about how it was read, beside the findings
     * @throws RefusalException when its text has no structure at all
     */
    public ImmutableList<Finding> lint(ProfileFile file, DiagnosticListener listener) {
        Reader reader = file.asking(new Reader(Engine.of(start.runtime()), Machine.here()));
        if (file.mayNameGroups()) {
            listener.diagnostics(
                    Formats.read(file.name(), file.content(), reader).diagnostics());
        }
        return Formats.detect(file.content()).traits().has(Ability.COMPILED)
                ? ofFilter(file, file.reading(reader), reader, listener)
                : Lint.of(Draft.read(file.name(), file.content(), reader), libseccomp, start);
    }

    /** A compiled filter may say something else for each ABI, and shuts some out. */
    private ImmutableList<Finding> ofFilter(
            ProfileFile file, Reading reading, Reader reader, DiagnosticListener listener) {
        listener.diagnostics(reading.diagnostics());
        Collection<Profile> each = reading.byAbi().orElseThrow().byAbi().values();
        Collection<Profile> profiles = reading.filter()
                .flatMap(Decompiled::profile)
                .<Collection<Profile>>map(List::of)
                .orElse(each);
        boolean isOpen = profiles.stream().anyMatch(LintRequest::permits);
        return profiles.stream()
                .filter(profile -> !isOpen || permits(profile))
                .flatMap(profile -> Lint.of(Draft.of(file.name(), reader, profile), libseccomp, start).stream())
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()))
                .asList();
    }

    private static boolean permits(Profile profile) {
        return profile.defaultAction().permits()
                || profile.rules().stream().anyMatch(rule -> rule.action().permits());
    }
}
