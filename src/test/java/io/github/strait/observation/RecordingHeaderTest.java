package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.follow.Observing;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Recording.Kind;
import io.github.strait.syscall.Syscalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first line of a trace that strait recorded: that it is read there and nowhere else, and adds no call. */
class RecordingHeaderTest {
    private static final String HEADER = "# strait-recording/1 {\"kind\": \"container\", \"name\": \"web\"}\n";
    private static final String TRACE = """
        7 execve("/bin/a", ["a"], 0x7ffc1abc7448 /* 4 vars */) = 0
        7 brk(NULL) = 0x558afa6c7000
        7 arch_prctl(ARCH_SET_FS, 0x7f8000000000) = 0
        7 exit_group(0) = ?
        7 +++ exited with 0 +++
        """;

    private static Run run(Evidence evidence) {
        return evidence.observation().runs().get(0);
    }

    private static Recording recording(String json) {
        return run(Observing.text("# strait-recording/1 " + json + "\n" + TRACE))
                .recording()
                .orElseThrow();
    }

    @Test
    void saysHowTheRunWasRecorded() {
        Recording recording = recording("""
                {"kind": "exec", "name": "web", "id": "ab12", "image": "nginx:1", "digest": "sha256:0", "engine": "podman 4.3.1", \
                "runtime": "runc 1.1.5", "command": ["sh", "-c", "\\u001b[2J"], "strait": "1.0", "noNewPrivs": false, \
                "partial": true, "leftOut": ["read", "futex"], "later": {"a": [1]}}""");
        assertEquals(Kind.EXEC, recording.kind());
        assertEquals(7, recording.facts().size());
        assertEquals("runc 1.1.5", recording.facts().get(Fact.RUNTIME));
        assertEquals(List.of("sh", "-c", "\u001b[2J"), recording.command());
        assertEquals(Optional.of(false), recording.noNewPrivs());
        assertTrue(recording.partial());
        assertEquals(List.of("futex", "read"), recording.leftOut().asList());
    }

    @Test
    void addsALineAndNothingElse() {
        Evidence with = Observing.text(HEADER + TRACE);
        Evidence without = Observing.text(TRACE);
        assertEquals(new LineCounts(4, 2, 0), run(with).lines());
        assertEquals(new LineCounts(4, 1, 0), run(without).lines());
        assertEquals(without.diagnostics(), with.diagnostics());
        assertEquals(
                run(without).architectures().keySet(), run(with).architectures().keySet());
        assertEquals(
                "-:3",
                run(with)
                        .architectures()
                        .values()
                        .iterator()
                        .next()
                        .syscalls()
                        .get("brk")
                        .first()
                        .toString());
        assertEquals(Optional.empty(), run(without).recording());
    }

    @Test
    void isWrittenIntoTheObservationAndReadBack() throws IOException {
        Observation observation = Observing.text(HEADER + TRACE).observation();
        String json = ObservationWriter.write(observation);
        assertTrue(json.contains("""
                  "source": "-",
                  "recording": {
                    "kind": "container",
                    "name": "web"
                  },
            """), json);
        assertEquals(observation, read(json));
    }

    private static Observation read(String json) throws IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), note -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\": \"pod\"",
                "\"kind\": 7",
                "\"kind\": \"container\", \"Image\": \"x\"",
                "\"kind\": \"container\", \"command\": \"sh\"",
                "\"kind\": \"container\", \"leftOut\": [\"read\"]",
                "\"kind\": \"container\", \"partial\": true, \"leftOut\": [\"re ad\"]",
                "\"kind\": \"container\", \"noNewPrivs\": 1"
            })
    void anObservationWithAnImpossibleOneIsRefused(String fields) {
        String json = ObservationWriter.write(Observing.text(HEADER + TRACE).observation());
        String altered = json.replace("\"kind\": \"container\"", fields);
        assertTrue(!altered.equals(json));
        RefusalException refused = assertThrows(RefusalException.class, () -> read(altered));
        assertTrue(refused.getMessage().contains("recording"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# strait-recording/1 ",
                "# strait-recording/1 {",
                "# strait-recording/1 []",
                "# strait-recording/1 {} {}",
                "# strait-recording/1 {\"kind\": \"pod\"}",
                "# strait-recording/1 {\"kind\": \"audit\"}",
                "# strait-recording/1 {\"kind\": \"exec\", \"kind\": \"exec\"}",
                "# strait-recording/1 {\"kind\": \"exec\", \"x\": [[[[[[1]]]]]]}",
                "# strait-recording/2 {\"kind\": \"exec\"}",
                "# strait-recording/"
            })
    void oneThatIsDamagedIsAWarningWithItsPlace(String header) {
        Evidence evidence = Observing.text(header + "\n" + TRACE);
        assertEquals(Optional.empty(), run(evidence).recording());
        assertEquals(new LineCounts(4, 2, 0), run(evidence).lines());
        Diagnostic warning = evidence.diagnostics().get(0);
        assertEquals("recording-header", warning.code());
        assertTrue(warning.toString().startsWith("-:1: "), warning.toString());
        assertTrue(warning.toString().contains("ignored"), warning.toString());
    }

    @Test
    void oneThatIsTooLongIsDamaged() {
        String name = "a".repeat(RecordingHeader.LONGEST);
        Evidence evidence = Observing.text(HEADER.replace("web", name) + TRACE);
        assertEquals(Optional.empty(), run(evidence).recording());
        assertTrue(evidence.diagnostics().get(0).message().contains("longer than 8192"));
    }

    @Test
    void anywhereElseItIsAnOrdinaryLine() {
        Evidence evidence = Observing.text(TRACE + HEADER);
        assertEquals(Optional.empty(), run(evidence).recording());
        assertEquals(1, run(evidence).lines().unparsed());
    }

    /** No words and one empty word look alike as text. */
    @Test
    void ofTwoReadingsOneIsChosenWhateverTheirOrder() {
        Observation one = Observing.text("# strait-recording/1 {\"kind\": \"exec\", \"command\": []}\n" + TRACE)
                .observation();
        Run run = one.runs().get(0);
        Recording known = run.recording().orElseThrow();
        Recording other = new Recording(
                known.kind(),
                known.facts(),
                ImmutableList.of(""),
                known.noNewPrivs(),
                known.partial(),
                known.leftOut());
        assertEquals(known.toString(), other.toString());
        Observation two = Observation.of(List.of(new Run(
                run.id(),
                run.source(),
                run.lines(),
                run.unparsedAt(),
                run.marks(),
                run.completeness(),
                Optional.of(other),
                run.runtime(),
                run.architectures())));
        assertEquals(one.merge(two), two.merge(one));
    }

    @Test
    void isNoTraceByItself() {
        assertThrows(RefusalException.class, () -> Observing.text(HEADER));
    }

    @Property(tries = 200)
    void whatIsWrittenFitsAndReadsBack(
            @ForAll("ofTraces") Kind kind,
            @ForAll @Size(max = 7) Map<Fact, String> facts,
            @ForAll List<String> command) {
        Recording recording = new Recording(
                kind,
                ImmutableSortedMap.copyOf(facts),
                ImmutableList.copyOf(command),
                Optional.empty(),
                false,
                ImmutableSortedSet.of());
        Recording back = readBack(recording);
        assertEquals(kind, back.kind());
        assertEquals(facts.keySet(), back.facts().keySet());
        if (facts.values().stream().allMatch(text -> text.length() < 30)
                && command.size() < 20
                && command.stream().allMatch(text -> text.length() < 30)) {
            assertEquals(recording, back);
        }
    }

    @Provide
    Arbitrary<Kind> ofTraces() {
        return Arbitraries.of(Kind.class).filter(kind -> kind != Kind.AUDIT);
    }

    @Test
    void theWordsOfTheCommandGoFirst() {
        ImmutableSortedSet<String> names =
                Syscalls.names().stream().collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
        Recording recording = new Recording(
                Kind.COMMAND,
                ImmutableSortedMap.of(Fact.NAME, "\u202e".repeat(500)),
                ImmutableList.copyOf(Collections.nCopies(900, "word")),
                Optional.of(true),
                true,
                names);
        Recording back = readBack(recording);
        assertTrue(back.command().size() < 900);
        assertEquals(names, back.leftOut());
        assertTrue(back.facts().get(Fact.NAME).endsWith("..."));
    }

    private static Recording readBack(Recording recording) {
        String line = RecordingHeader.of(recording);
        assertTrue(line.length() <= RecordingHeader.LONGEST, line);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        assertTrue(line.chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), line);
        List<Diagnostic> warnings = new ArrayList<>();
        Optional<Recording> back =
                RecordingHeader.read(line.stripTrailing(), new SourcePosition("f", 1), warnings::add);
        assertEquals("", warnings.stream().map(Diagnostic::toString).collect(Collectors.joining()));
        return back.orElseThrow();
    }
}
