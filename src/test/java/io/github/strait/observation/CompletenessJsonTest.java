package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Observing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is missing from a trace, in the JSON of its observation: what it looks like, and that it is read strictly. */
class CompletenessJsonTest {
    private static final String TRACE = """
        7 close(3) = 0
        7 fork() = 8
        8 frobnicate(1) = 0
        8 close(3) = 0
        7 fork() = 9
        """;

    private static String json() {
        return ObservationWriter.write(Observing.text(TRACE).observation());
    }

    private static Observation read(String json, List<Diagnostic> notes) throws IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), notes::add);
    }

    @Test
    void isWrittenSo() {
        String json = json();
        assertTrue(json.contains("""
            "completeness": {
              "whole": false,
              "tasks": 2,
              "missing": {
                "tasks-unended": {"count": 2, "first": [{"at": "-:5", "what": "7"}, {"at": "-:5", "what": "8"}]},
                "start-missing": {"count": 1, "first": [{"at": "-:1"}]},
                "children-missing": {"count": 1, "first": [{"at": "-:5", "what": "9"}]}
              },
              "warnings": [
                {"code": "unknown-name", "at": "-:3", "message":\
            """.indent(6).stripTrailing()), json);
    }

    @Test
    void isOneLineForAWholeRun() {
        String json = ObservationWriter.write(Observing.lines(
                        "7 execve(\"/bin/a\", [\"a\"], 0x7ffc1abc7448 /* 4 vars */) = 0",
                        "7 brk(NULL) = 0x558afa6c7000",
                        "7 arch_prctl(ARCH_SET_FS, 0x7f8000000000) = 0",
                        "7 exit_group(0) = ?")
                .observation());
        assertTrue(json.contains("\n      \"completeness\": {\"whole\": true, \"tasks\": 1},\n"), json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"whole\": false|\"whole\": true|whole says true, but \"missing\" contradicts it",
                "\"whole\": false|\"whole\": 0|whole is neither true nor false",
                "\"whole\": false,|\"Whole\": false,|completeness.Whole is spelled \"whole\"",
                "\"tasks\": 2|\"tasks\": -2|tasks is not a count",
                "\"tasks\": 2,||completeness has no \"tasks\"",
                "\"count\": 1, \"first\": [{\"at\": \"-:1\"}]|\"count\": 1, \"first\": []|has no places, or more than"
                        + " it counts",
                "\"count\": 1, \"first\": [{\"at\": \"-:1\"}]|\"count\": 0, \"first\": [{\"at\": \"-:1\"}]|has no"
                        + " places",
                "\"count\": 1, \"first\": [{\"at\": \"-:1\"}]|\"count\": 1, \"first\": 7|is not a list",
                "{\"at\": \"-:1\"}|{\"what\": \"x\"}|has no \"at\"",
                "\"code\": \"unknown-name\"|\"code\": \"x y\"|is not the code of a warning",
                "\"warnings\": [|\"warnings\": [7, |is not an object"
            })
    void nothingElseIsTakenForIt(String from, String to, String error) {
        String json = json().replace(from, to == null ? "" : to);
        RefusalException e = assertThrows(RefusalException.class, () -> read(json, new ArrayList<>()));
        assertTrue(e.diagnostic().message().contains(error), e.diagnostic().toString());
    }

    @Test
    void anOmissionOfALaterVersionIsPassedOverWithANote() throws IOException {
        List<Diagnostic> notes = new ArrayList<>();
        String json = json().replace("\"start-missing\"", "\"moon-missing\"");
        Completeness known = read(json, notes).runs().get(0).completeness().orElseThrow();
        assertEquals(
                List.of("unknown-key"), notes.stream().map(Diagnostic::code).toList());
        assertTrue(known.signs().containsKey(Omission.CHILDREN_MISSING));
        assertEquals(2, known.signs().size());
    }

    /** A text from a forged file reaches no terminal raw, and a warning stays a warning. */
    @Test
    void aForgedTextIsShownAsItIs() throws IOException {
        String json = json().replace("\"what\": \"9\"", "\"what\": \"9\\u001b[31m\"");
        String told = RunWarnings.of(read(json, new ArrayList<>())).toString();
        assertTrue(told.contains("child 9\\x1b[31m was made here"), told);
    }

    /** Of two readings of a trace one may be of an older version, which did not look. */
    @Test
    void whatOneReadingKnowsIsKept() throws IOException {
        Observation known = read(json(), new ArrayList<>());
        Run run = known.runs().get(0);
        Observation unknown = Observation.of(List.of(new Run(
                run.id(),
                run.source(),
                run.lines(),
                run.unparsedAt(),
                run.marks(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                run.architectures())));
        assertEquals(known, known.merge(unknown));
        assertEquals(known, unknown.merge(known));
    }
}
