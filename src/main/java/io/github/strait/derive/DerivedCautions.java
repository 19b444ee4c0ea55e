package io.github.strait.derive;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What makes evidence say little about other architectures: one processor, and another release than theirs. */
public final class DerivedCautions {
    private static final String RELEASE = "release";

    private DerivedCautions() {}

    /**
     * The warnings.
     *
     * @param targets those ABIs; the warnings are none when there are none
     * @param release the libc or release of the targets; empty when the user does not say
     */
    public static List<Diagnostic> of(Observation observation, Collection<Arch> targets, Optional<Release> release) {
        TreeSet<Arch> sources = new TreeSet<>();
        for (Arch target : targets) {
            sources.add(DerivedLayer.source(observation, target));
        }
        List<Run> runs = new ArrayList<>();
        for (Run run : observation.runs()) {
            if (run.architectures().keySet().stream().anyMatch(sources::contains)) {
                runs.add(run);
            }
        }
        List<Diagnostic> warnings = new ArrayList<>();
        processors(runs).ifPresent(warnings::add);
        if (!runs.isEmpty()) {
            release(runs, sources, release).ifPresent(warnings::add);
        }
        return warnings;
    }

    /** A warning when none of the runs was on more than one. */
    private static Optional<Diagnostic> processors(List<Run> runs) {
        for (Run run : runs) {
            if (!fact(run, Fact.PROCESSORS).equals("1")) {
                return Optional.empty();
            }
        }
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(warning(
                        "one-processor",
                        runs.get(0),
                        "recorded on one processor, where a program may not start the threads that it starts on several;"
                                + " record on two or more"));
    }

    private static Optional<Diagnostic> release(List<Run> runs, Set<Arch> sources, Optional<Release> target) {
        if (target.isEmpty()) {
            return Optional.of(Diagnostic.warning(
                    RELEASE,
                    null,
                    "derived calls are right for the release that was recorded: another one changes more calls than"
                            + " another architecture does; compare with --libc RELEASE, such as debian-13"));
        }
        int others = 0;
        Optional<Run> first = Optional.empty();
        String words = "";
        for (Run run : runs) {
            Optional<Release> recorded = recorded(run, sources);
            if (recorded.isPresent() && recorded.get().contradicts(target.get())) {
                others++;
                if (first.isEmpty()) {
                    first = Optional.of(run);
                    words = recorded.get().name();
                }
            }
        }
        String more = others > 1
                ? ", and so " + (others == 2 ? "was 1 other run" : "were " + (others - 1) + " other runs")
                : "";
        String text = "recorded on " + words + more + ", and the target is "
                + target.get().name() + ", whose libc makes other calls; record on that release";
        return first.map(run -> warning(RELEASE, run, text));
    }

    /** By the header of the trace, or else by the calls. */
    private static Optional<Release> recorded(Run run, Set<Arch> sources) {
        Optional<Release> told = Release.find(fact(run, Fact.RELEASE));
        if (told.isPresent()) {
            return told;
        }
        for (Map.Entry<Arch, ArchObservation> seen : run.architectures().entrySet()) {
            if (sources.contains(seen.getKey())) {
                return ObservedLibc.of(seen.getValue());
            }
        }
        return Optional.empty();
    }

    private static String fact(Run run, Fact fact) {
        return run.recording()
                .map(recording -> recording.facts().getOrDefault(fact, ""))
                .orElse("");
    }

    private static Diagnostic warning(String code, Run run, String message) {
        return Diagnostic.warning(code, SourcePosition.ofFile(run.source()), message);
    }
}
