package io.github.strait.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.observation.ArgumentSamples;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.Filter;
import io.github.strait.verify.ObservedCalls;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An observation gives the verdicts of the trace that it was made from: each trace under the profiles of all. */
class ObservationVerdictTest {
    @TempDir
    private Path directory;

    private record Both(ObservedCalls trace, ObservedCalls observation) {}

    @Test
    void theVerdictsAreThoseOfTheTrace() throws IOException {
        List<Path> traces;
        try (Stream<Path> files = Files.list(Path.of("traces"))) {
            traces = files.sorted().toList();
        }
        List<Map<Arch, Filter>> profiles = new ArrayList<>();
        SetMultimap<String, Integer> wanted = LinkedHashMultimap.create();
        for (Path trace : traces) {
            Observation observation = read(trace, ArgumentWatch.NONE);
            for (Arguments arguments : List.of(Arguments.SAFE, Arguments.STRICT)) {
                Profile profile = profile(observation, arguments);
                wanted.putAll(Filter.arguments(profile));
                profiles.add(filters(profile));
            }
        }
        long gaps = 0;
        for (Path trace : traces) {
            Both evidence = evidence(trace, wanted);
            for (Map<Arch, Filter> profile : profiles) {
                Map<String, String> seen = counts(evidence.trace, profile);
                assertEquals(seen, counts(evidence.observation, profile), trace.toString());
                gaps += seen.values().stream()
                        .filter(counts -> counts.contains(Verdict.Kind.GAP + "="))
                        .count();
            }
        }
        assertTrue(gaps > 1000, "only " + gaps);
    }

    /** How many calls of each name have a verdict of each kind. */
    private static Map<String, String> counts(ObservedCalls observed, Map<Arch, Filter> filters) {
        Map<String, Map<Verdict.Kind, Long>> counts = new TreeMap<>();
        for (Verdict verdict : Verification.of(observed, filters).verdicts()) {
            counts.computeIfAbsent(verdict.arch() + " " + verdict.name(), key -> new TreeMap<>())
                    .merge(verdict.kind(), verdict.count(), Long::sum);
        }
        Map<String, String> words = new TreeMap<>();
        counts.forEach((call, kinds) -> words.put(call, kinds.toString()));
        return words;
    }

    private static Map<Arch, Filter> filters(Profile profile) {
        Map<Arch, Filter> filters = new TreeMap<>();
        Arch.X86_64.personalities().forEach(arch -> filters.put(arch, Filter.of(profile, arch)));
        return filters;
    }

    private Both evidence(Path trace, SetMultimap<String, Integer> wanted) throws IOException {
        ArgumentWatch watch = new ArgumentWatch(wanted);
        Observation observation = read(trace, watch);
        Path json = Files.writeString(directory.resolve("observation.json"), ObservationWriter.write(observation));
        return new Both(
                new ObservedCalls(observation, watch.samples()),
                new ObservedCalls(read(json, new ArgumentWatch(wanted)), ArgumentSamples.NONE));
    }

    private static Observation read(Path file, ArgumentWatch watch) {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .watching(watch)
                .read(List.of(file.toString()))
                .observation();
    }

    private static Profile profile(Observation observation, Arguments arguments) {
        return DerivationRequest.builder()
                .args(arguments)
                .targets(Set.of())
                .build()
                .derivation(observation)
                .plain();
    }
}
