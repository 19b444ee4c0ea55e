package io.github.strait.api;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Run;
import io.github.strait.profile.Merge;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges several profiles, or several pieces of evidence. */
public final class Union {
    private Union() {}

    /**
     * A profile that allows what any of these allows and nothing else.
     *
     * @param declared the machine that the user names
     * @throws RefusalException when there is no such profile
     */
    public static Profile ofProfiles(
            List<ProfileOrEvidence> profiles, Optional<Arch> declared, ProfileResolver resolver) {
        List<Merge.Source> sources = new ArrayList<>();
        for (ProfileOrEvidence profile : profiles) {
            sources.add(new Merge.Source(profile.label(), profile.profile(declared, resolver)));
        }
        Merge.Merged merged = Merge.of(sources);
        resolver.listener().diagnostics(merged.diagnostics());
        return merged.profile();
    }

    /**
     * The observation of all runs, as {@code summarize} writes it.
     *
     * @throws RefusalException when two of them contradict each other
     */
    public static String ofEvidence(List<Evidence> evidence) {
        Observation union = Observation.EMPTY;
        List<Run> runs = new ArrayList<>();
        for (Evidence more : evidence) {
            union = union.merge(more.observation());
            runs.addAll(more.observation().runs());
        }
        Optional<Diagnostic> contradiction = Observation.contradiction(runs);
        if (contradiction.isPresent()) {
            throw new RefusalException(contradiction.get());
        }
        return ObservationWriter.write(union);
    }
}
