package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.github.strait.derive.Choices;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Layer;
import io.github.strait.derive.Observations;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.NewCallRates;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a text says to people, the JSON of the same value says to programs: the same numbers and names. */
class ReportJsonProperties {
    private static final ObjectMapper STRICT = new ObjectMapper();
    private static final CharMatcher WORD = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.is('_'));
    private static final Splitter WORDS = Splitter.on(WORD.negate()).omitEmptyStrings();
    private static final Set<String> NAMES = Stream.of(
                    Syscalls.names().stream(),
                    Arrays.stream(Arch.values()).map(Arch::label),
                    Layer.all().stream().map(Layer::name))
            .flatMap(names -> names)
            .collect(Collectors.toSet());

    /** Words of the texts' own that are calls elsewhere. */
    private static final Pattern PROSE = Pattern.compile(
            "\\(before execve\\)|no execve at the start|read for chosen programs|and \\d+ of no known risk"
                    + "|record 4 or more|\\([\\d.]+ %, .*?\\)|in [\\d.]+ to [\\d.]+ % of cases \\(90 % interval\\)");

    /** What a traced program may call itself, and a user his trace. */
    private static final ImmutableList<String> HOSTILE = ImmutableList.of(
            "", "/bin/\u001b[31mred", "/bin/\u009b2J", "/tmp/\"},{\"", "/tmp/\\", "/\r\n\t\u0000", "/\u202etxt", "/é");

    /** Evidence of programs with such names, in runs of which some are odd or incomplete. */
    @Provide
    Arbitrary<Observation> observations() {
        return Combinators.combine(
                        Observations.runs(Arch.X86_64, Arch.X86, Arch.AARCH64, Arch.S390X),
                        Arbitraries.of(HOSTILE).set().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(RunMark.class).set().ofMaxSize(2),
                        Arbitraries.of(Omission.class).set().ofMaxSize(2))
                .as((runs, programs, marks, omissions) -> Observation.of(runs.stream()
                        .map(run -> odd(run, programs, marks, omissions))
                        .toList()));
    }

    private static Run odd(Run run, Set<String> programs, Set<RunMark> marks, Set<Omission> omissions) {
        SourcePosition at = new SourcePosition(run.source() + "\u001b", 7);
        TreeMap<Omission, Completeness.Sign> signs = new TreeMap<>();
        omissions.forEach(omission -> signs.put(
                omission, Completeness.Sign.of(omission.ordinal() + 11, List.of(new Completeness.Place(at, "")))));
        return new Run(
                run.id(),
                run.source() + programs.iterator().next(),
                run.lines(),
                ImmutableList.of(at),
                ImmutableSortedSet.copyOf(marks),
                Optional.of(new Completeness(23, ImmutableSortedMap.copyOf(signs), ImmutableList.of())),
                marks.stream().findFirst().map(mark -> Recording.of(Recording.Kind.values()[mark.ordinal()])),
                Optional.empty(),
                ImmutableSortedMap.copyOf(Maps.transformValues(run.architectures(), seen -> odd(seen, programs))));
    }

    private static ArchObservation odd(ArchObservation seen, Set<String> programs) {
        return new ArchObservation(
                seen.proof(),
                ImmutableSortedMap.copyOf(Maps.transformValues(
                        seen.syscalls(),
                        call -> new SyscallObservation(
                                call.count() + 5,
                                call.count(),
                                2,
                                ImmutableSortedMap.of("ENOENT", 3L),
                                call.first(),
                                ImmutableSortedSet.copyOf(programs),
                                false,
                                call.alternatives()))));
    }

    @Provide
    Arbitrary<ImmutableList<Layer>> layers() {
        return Arbitraries.subsetOf(Layer.all()).map(ImmutableList::copyOf);
    }

    @Provide
    Arbitrary<List<String>> asked() {
        return Arbitraries.of("read", "getcpu", "bpf", "sched_yield", "clock_gettime64", "exit_group")
                .list()
                .ofMaxSize(3);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anExplanationForProgramsSaysAllOfTheText(
            @ForAll("observations") Observation observation,
            @ForAll("layers") ImmutableList<Layer> layers,
            @ForAll Sharing sharing,
            @ForAll("asked") List<String> asked) {
        Derivation derivation = derive(observation, layers);
        Explanation explanation = Explanation.of(observation, derivation, sharing, asked);
        JsonNode json = parse(ExplanationJson.of(explanation));
        assertSaid(ExplanationText.of(explanation), json);
        explanation
                .architectures()
                .forEach((arch, of) -> of.calls().forEach((name, call) -> {
                    JsonNode written = json.at("/architectures/" + arch.label() + "/syscalls/" + name);
                    call.seen().ifPresent(seen -> {
                        assertEquals(seen.count(), written.at("/observed/count").longValue());
                        List<String> programs = new ArrayList<>();
                        written.at("/observed/programs").forEach(program -> programs.add(program.textValue()));
                        assertEquals(List.copyOf(seen.programs()), programs);
                    });
                    assertEquals(
                            derivation.rationale(arch).names().contains(name)
                                    || derivation.addedByUnion(arch, sharing).contains(name),
                            written.get("allowed").booleanValue(),
                            name);
                }));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aSummaryForProgramsSaysAllOfTheText(
            @ForAll("observations") Observation observation,
            @ForAll("layers") ImmutableList<Layer> layers,
            @ForAll Sharing sharing,
            @ForAll boolean answers) {
        Derivation derivation = derive(observation, layers);
        Summary summary = Summary.of(observation, derivation, sharing, answers);
        JsonNode json = parse(SummaryJson.of(summary));
        assertSaid(SummaryText.of(summary), json);
        derivation
                .rationales()
                .forEach((arch, rationale) -> assertEquals(
                        rationale.names().size(),
                        json.at("/architectures/" + arch.label() + "/allowed").intValue()));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aCheckForProgramsSaysAllOfTheText(
            @ForAll("observations") Observation before,
            @ForAll("observations") Observation after,
            @ForAll("layers") ImmutableList<Layer> layers) {
        Derivation committed = derive(before, layers);
        Derivation now = derive(after, layers);
        Drift drift = Drift.of(calls(committed), calls(now), now);
        CheckReport check = new CheckReport(
                "\u009bmine.json",
                false,
                Optional.of(drift),
                Optional.of(Difference.of(side(committed), side(now))),
                false,
                new CheckReport.Quality(
                        after.runs().size(),
                        NewCallRates.of(after),
                        Optional.of(8L),
                        Optional.of(0.2),
                        ImmutableList.of("too few")),
                Optional.of("--runtime crun"),
                "strait generate");
        JsonNode json = parse(CheckJson.of(check));
        assertSaid(CheckText.of(check), json);
        assertEquals(check.file(), json.get("a").textValue());
        for (Arch arch : now.rationales().keySet()) {
            Set<String> gained = new TreeSet<>();
            json.at("/drift/gained").forEach(call -> {
                if (call.get("architectures").has(arch.label())) {
                    gained.add(call.get("syscall").textValue());
                }
            });
            assertEquals(Sets.difference(calls(now).get(arch), calls(committed).get(arch)), gained);
        }
    }

    /** Each number, call, error, architecture and layer of a text is in the document, if only as the size of a list. */
    private static void assertSaid(String text, JsonNode json) {
        Set<String> known = new HashSet<>();
        collect(json, known);
        for (String word : WORDS.split(PROSE.matcher(text).replaceAll(""))) {
            boolean isFact = CharMatcher.inRange('0', '9').matchesAllOf(word)
                    || NAMES.contains(word)
                    || Errno.number(word, Arch.X86_64).isPresent();
            assertTrue(!isFact || known.contains(word), () -> word + " is missing in\n" + json + "\n" + text);
        }
    }

    private static void collect(JsonNode node, Set<String> words) {
        WORDS.split(node.asText()).forEach(words::add);
        if (node.isContainerNode()) {
            words.add(String.valueOf(node.size()));
        }
        node.fieldNames().forEachRemaining(name -> WORDS.split(name).forEach(words::add));
        node.forEach(child -> collect(child, words));
    }

    /** Every JSON is also safe to show on a terminal. */
    private static JsonNode parse(String json) {
        assertTrue(CharMatcher.inRange(' ', '~').or(CharMatcher.is('\n')).matchesAllOf(json), json);
        assertTrue(json.endsWith("}\n"), json);
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static ImmutableSetMultimap<Arch, String> calls(Derivation derivation) {
        ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
        derivation.rationales().forEach((arch, rationale) -> calls.putAll(arch, rationale.names()));
        return calls.build();
    }

    private static Difference.Side side(Derivation derivation) {
        TreeMap<Arch, Profile> profiles = new TreeMap<>();
        for (Arch arch : derivation.rationales().keySet()) {
            profiles.put(arch, derivation.only(arch));
        }
        return new Difference.Side(AbiProfiles.of(profiles), true, ImmutableSortedSet.of());
    }

    /** Evidence of nothing but numbers without a name is refused, and no counterexample. */
    private static Derivation derive(Observation observation, ImmutableList<Layer> layers) {
        try {
            return Derivation.of(observation, Choices.of(ImmutableSortedSet.of(), layers));
        } catch (RefusalException e) {
            Assume.that(!e.diagnostic().code().equals("no-profile"));
            throw e;
        }
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void whatIsMissingIsNoticed(@ForAll("observations") Observation observation) {
        EvidenceCounts counts = EvidenceCounts.of(observation);
        JsonNode json = parse(JsonText.of("x", fields -> EvidenceCountsJson.write(fields, counts)));
        assertSaid(EvidenceCountsText.of(counts), json);
        assertThrows(AssertionError.class, () -> assertSaid("987654321 calls", json));
        assertThrows(AssertionError.class, () -> assertSaid("openat", json));
    }
}
