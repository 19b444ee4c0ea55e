package io.github.strait.derive;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What makes evidence say little about other architectures, one processor, and about any targets: another release than
 * theirs.
 */
public final class DerivedCautions {
    private static final String RELEASE = "release";

    private DerivedCautions() {}

    /**
     * The warnings.
     *
     * @param targets the ABIs that are asked for
     * @param release their libc or release; empty when the user does not say
     * @param hasSiblings whether the profile has the layer of siblings for that release
     */
    public static List<Diagnostic> of(
            Observation observation, Collection<Arch> targets, Optional<Release> release, boolean hasSiblings) {
        Set<Arch> seen = observation.architectures().keySet();
        TreeSet<Arch> sources = new TreeSet<>();
        for (Arch target : targets) {
            if (!seen.contains(target) && !seen.isEmpty()) {
                sources.add(DerivedLayer.source(observation, target));
            }
        }
        List<Diagnostic> warnings = new ArrayList<>();
        List<Run> runs = runs(observation, sources);
        leftOut(observation, targets, warnings);
        processors(runs).ifPresent(warnings::add);
        if (release.isPresent()) {
            sources.addAll(Sets.intersection(ImmutableSet.copyOf(targets), seen));
            boolean isKnown = isKnown(observation, sources, release.get());
            if (!isKnown || !hasSiblings) {
                other(observation, sources, release.get(), isKnown).ifPresent(warnings::add);
            }
        } else if (!runs.isEmpty()) {
            warnings.add(Diagnostic.warning(
                    RELEASE,
                    null,
                    "derived calls are right for the release that was recorded: another one changes more calls than"
                            + " another architecture does; compare with --libc RELEASE, such as debian-13"));
        }
        return warnings;
    }

    private static List<Run> runs(Observation observation, Set<Arch> sources) {
        List<Run> runs = new ArrayList<>();
        for (Run run : observation.runs()) {
            if (!Collections.disjoint(run.architectures().keySet(), sources)) {
                runs.add(run);
            }
        }
        return runs;
    }

    /**
     * Warnings where programs of two widths were recorded and a machine has one target: the calls of the other width follow
     * for no ABI of it.
     */
    private static void leftOut(Observation observation, Collection<Arch> targets, List<Diagnostic> warnings) {
        for (Arch target : targets) {
            if (observation.architectures().containsKey(target)) {
                continue;
            }
            DerivedLayer layer = DerivedLayer.of(observation, target);
            Set<Arch> used = targets.stream()
                    .filter(each -> each.nativeArch() == target.nativeArch())
                    .map(each -> DerivedLayer.source(observation, each))
                    .collect(Collectors.toSet());
            observation.architectures().forEach((other, seen) -> {
                ImmutableSortedSet<String> calls = layer.leftOut(other, seen);
                if (!used.contains(other) && !calls.isEmpty()) {
                    warnings.add(Diagnostic.warning(
                            "left-out",
                            null,
                            target.label() + " follows from " + layer.source().label() + " alone, and not from "
                                    + other.label() + ", from which " + calls.size() + " more would follow: "
                                    + String.join(" ", calls) + "; record the programs built for one of them"));
                }
            });
        }
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

    /** A warning when some run was on another release than the target. */
    private static Optional<Diagnostic> other(
            Observation observation, Set<Arch> sources, Release target, boolean isKnown) {
        int others = 0;
        Optional<Run> first = Optional.empty();
        String words = "";
        for (Run run : runs(observation, sources)) {
            Optional<Release> recorded = recorded(run, sources);
            if (recorded.isPresent() && recorded.get().contradicts(target)) {
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
        String layer = isKnown ? ", or generate with --layer siblings --libc " + target.name() : "";
        String text = "recorded on " + words + more + ", and the target is " + target.name()
                + ", whose libc makes other calls; record on that release" + layer;
        return first.map(run -> warning(RELEASE, run, text)).or(() -> unknown(observation, sources, target));
    }

    /** A warning about a release that strait does not know, where the header of a trace does not name the same. */
    private static Optional<Diagnostic> unknown(Observation observation, Set<Arch> sources, Release target) {
        return target.isUnknown() && !runs(observation, sources).stream().allMatch(DerivedCautions::isNamed)
                ? Optional.of(Diagnostic.warning(
                        RELEASE,
                        null,
                        "strait does not know which libc " + target.name()
                                + " has, and compares nothing; say --libc with its libc, such as glibc-2.41"))
                : Optional.empty();
    }

    /** Whether the map says something about the target. */
    private static boolean isKnown(Observation observation, Set<Arch> sources, Release target) {
        return sources.stream()
                .map(source -> new Siblings(ObservedLibc.mapped(observation, source), Optional.of(target)))
                .anyMatch(Siblings::isOfUse);
    }

    /** Whether the header of its trace names the release. */
    private static boolean isNamed(Run run) {
        return Release.find(fact(run, Fact.RELEASE)).isPresent();
    }

    /** By the header of the trace, or else by the calls. */
    private static Optional<Release> recorded(Run run, Set<Arch> sources) {
        Optional<Release> told = ObservedLibc.header(run);
        for (Map.Entry<Arch, ArchObservation> seen : run.architectures().entrySet()) {
            if (told.isEmpty() && sources.contains(seen.getKey())) {
                told = ObservedLibc.of(seen.getValue())
                        .filter(releases -> releases.size() == 1)
                        .map(releases -> releases.get(0));
            }
        }
        return told;
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
