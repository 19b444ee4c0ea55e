package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.follow.Observing;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of an observation: what it looks like, and that nothing else is taken for one. */
class ObservationReaderTest {
    private static final String TRACE = """
            1 [  59] execve("/bin/a", ["a"], 0x7ffc00000000) = 0
            1 [   0] read(3, 0x1, 1) = 0
            1 [   0] read(3, 0x1, 1) = -1 EIO (Input/output error)
            1 frobnicate(1) = 0
            1 [ 102] socket(AF_UNIX) = 3
            1 [ 231] exit_group(0) = ?
            """;

    /** As a version wrote it that did not say which runs alone show a call. */
    private static final String JSON = """
            {
              "strait": "observation/1",
              "runs": 1,
              "lines": {"total": 6, "calls": 5, "other": 0, "unparsed": 1},
              "architectures": {
                "x86_64": {
                  "proof": "proven",
                  "syscalls": {
                    "execve": {"count": 1, "runs": 1},
                    "exit_group": {"count": 1, "runs": 1},
                    "read": {"count": 2, "runs": 1}
                  }
                },
                "x86": {
                  "proof": "proven",
                  "syscalls": {
                    "socketcall": {"count": 1, "runs": 1}
                  }
                }
              },
              "evidence": [
                {
                  "id": "ID",
                  "source": "-",
                  "lines": {"total": 6, "calls": 5, "other": 0, "unparsed": 1},
                  "unparsedAt": ["-:4"],
                  "completeness": {
                    "whole": true,
                    "tasks": 1,
                    "warnings": [
                      {"code": "unknown-name", "at": "-:4", "message": "'frobnicate' looks like a call (1 lines) and is in no syscall table: not counted"}
                    ]
                  },
                  "architectures": {
                    "x86_64": {
                      "proof": "proven",
                      "syscalls": {
                        "execve": {"count": 1, "succeeded": 1, "first": "-:1", "programs": [""]},
                        "exit_group": {"count": 1, "succeeded": 0, "unreturned": 1, "first": "-:6", "programs": ["/bin/a"]},
                        "read": {"count": 2, "succeeded": 1, "errors": {"EIO": 1}, "first": "-:2", "programs": ["/bin/a"]}
                      }
                    },
                    "x86": {
                      "proof": "proven",
                      "syscalls": {
                        "socketcall": {"count": 1, "succeeded": 1, "first": "-:5", "programs": ["/bin/a"], "arguments": [{"at": "0", "seen": [["1", 1, "-:5"]]}]}
                      }
                    }
                  }
                }
              ]
            }
            """;

    /** The same document as it is written now. */
    private static String written(String json) {
        int runs = json.indexOf("\"evidence\"");
        return json.substring(0, runs)
                        .replace("  \"runs\": 1,\n", "  \"runs\": 1,\n  \"runsAlone\": 1,\n")
                        .replace(
                                "\"proof\": \"proven\",\n",
                                "\"proof\": \"proven\",\n      \"runs\": 1,\n      \"runsAlone\": 1,\n")
                + json.substring(runs);
    }

    private static Observation read(String json) throws IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), note -> {});
    }

    @Test
    void isWrittenSo() {
        Observation observation = Observing.text(TRACE).observation();
        String id = observation.runs().get(0).id();
        assertEquals(written(JSON.replace("ID", id)), ObservationWriter.write(observation));
    }

    /** They are a later version's. */
    @Test
    void unknownKeysArePassedOverWithANote() throws IOException {
        List<Diagnostic> notes = new ArrayList<>();
        for (String key : List.of("strait", "id", "total", "count", "proof")) {
            String more = JSON.replace("\"" + key + "\"", "\"more\": [{}], \"" + key + "\"");
            assertEquals(
                    read(JSON),
                    ObservationReader.read(
                            "f", new ByteArrayInputStream(more.getBytes(StandardCharsets.UTF_8)), notes::add));
        }
        assertEquals(
                "f: note: key \"more\" is not known to this version and was passed over [unknown-key]",
                notes.get(0).toString());
        assertEquals(5, notes.size());
    }

    /** What a person reviews, and programs read, is at the head of the file. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"runs\": 1,|\"runs\": 99,|f:3: error: runs says 99, and the runs below give 1",
                "\"total\": 6, |\"total\": 7, |f:4: error: lines.total says 7, and the runs below give 6",
                "\"other\": 0,|\"other\": 1,|f:4: error: lines.other says 1, and the runs below give 0",
                "\"proof\": \"proven\"|\"proof\": \"declared\"|f:7: error: architectures.x86_64.proof says 'declared',"
                        + " and the runs below give 'proven'",
                "\"execve\": {\"count\": 1, \"runs\"|\"bpf\": {\"count\": 1, \"runs\"|f:9: error:"
                        + " architectures.x86_64.syscalls.bpf is in no run below",
                "\"read\": {\"count\": 2,|\"read\": {\"count\": 3,|f:11: error:"
                        + " architectures.x86_64.syscalls.read.count says 3, and the runs below give 2",
                "\"count\": 2, \"runs\": 1|\"count\": 2, \"runs\": 2|f:11: error:"
                        + " architectures.x86_64.syscalls.read.runs says 2, and the runs below give 1",
                "\"socketcall\": {\"count\": 1, |\"socketcall\": {\"alternatives\": [\"socket\"], \"count\": 1, |f:17:"
                        + " error: architectures.x86.syscalls.socketcall has other \"alternatives\" than the runs below",
                "\"execve\": {\"count\": 1, \"runs\": 1},||f:8: error: architectures.x86_64.syscalls lacks \"execve\"",
            })
    void theHeadIsComparedWithTheRuns(String from, String to, String error) {
        assertTrue(JSON.contains(from));
        int at = JSON.indexOf(from);
        String json = JSON.substring(0, at) + (to == null ? "" : to) + JSON.substring(at + from.length());
        RefusalException e = assertThrows(RefusalException.class, () -> read(json));
        assertTrue(e.diagnostic().toString().startsWith(error), e.diagnostic().toString());
        assertTrue(
                e.diagnostic().message().endsWith("; restore the file, or make it again with: strait summarize TRACE"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"strait\": 1}|f:53: error: another document follows the observation",
                "x|f:53: error: is not the JSON of an observation: Unrecognized token",
                "10 getpid() = 10|f:53: error: another document follows",
                "<<<<<<< HEAD|f:53: error: holds the marks of a merge conflict; take both versions, and unite them",
                "=======|f:53: error: holds the marks of a merge conflict",
            })
    void nothingFollowsTheDocument(String more, String error) {
        RefusalException e = assertThrows(RefusalException.class, () -> read(JSON + more + "\n"));
        assertTrue(e.diagnostic().toString().startsWith(error), e.diagnostic().toString());
        assertThrows(RefusalException.class, () -> read(JSON + JSON));
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        RefusalException marked = assertThrows(RefusalException.class, () -> read("\ufeff" + JSON));
        assertTrue(marked.diagnostic().message().startsWith("begins with a byte order mark"));
        byte[] wide = JSON.getBytes(StandardCharsets.UTF_16);
        RefusalException e = assertThrows(
                RefusalException.class, () -> ObservationReader.read("f", new ByteArrayInputStream(wide), note -> {}));
        assertEquals(
                "is not UTF-8; strait writes observations in UTF-8",
                e.diagnostic().message());
        assertEquals(read(JSON), read("\n  " + JSON + "\n\n"));
    }

    /** A later table may know a number that an earlier one did not. */
    @Test
    void aNumberThatHasANameNowIsThatCall() throws IOException {
        Observation named = read(JSON);
        assertEquals(named, read(JSON.replace("\"read\"", "\"syscall_0\"")));
        assertEquals(named.architectures().keySet(), read(JSON).architectures().keySet());
        for (String wrong : List.of("syscall_00", "syscall_0x65", "syscall_-1", "syscall_4294967296", "syscall_")) {
            assertThrows(RefusalException.class, () -> read(JSON.replace("\"read\"", "\"" + wrong + "\"")));
        }
    }

    /** Alternatives are allowed like the call itself. */
    @Test
    void alternativesAreThoseThatStraceLeavesOpen() throws IOException {
        String trace =
                "1 [  59] execve(\"/bin/a\", [\"a\"], 0x7ffc00000000) = 0\n1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n"
                        + "1 mmap2(NULL, 8192, PROT_READ, MAP_PRIVATE, -1, 0) = 0xf7f6c000\n";
        String json = ObservationWriter.write(Observing.text(trace).observation());
        assertTrue(json.contains("\"alternatives\": [\"socket\"]"), json);
        read(json);
        for (String wrong : List.of("ptrace", "bpf", "bind\", \"ptrace", "socket\", \"socket")) {
            String forged = json.replace("[\"socket\"]", "[\"" + wrong + "\"]");
            assertThrows(RefusalException.class, () -> read(forged), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"read\": {\"count\": 2|\"read\": {\"count\": -2|f:40: error: evidence.0.architectures.x86_64.syscalls.read.count is not a count",
                "\"count\": 2, \"succeeded\": 1|\"count\": 3, \"succeeded\": 1|f:40: error: evidence.0.architectures.x86_64.syscalls.read has \"count\" 3, and the results add up to 2",
                "\"count\": 2, \"succeeded\": 1|\"count\": 2.5, \"succeeded\": 1.5|f:40: error: evidence.0.architectures.x86_64.syscalls.read.count is not a count",
                "\"EIO\": 1|\"EIO\": \"1\"|f:40: error: evidence.0.architectures.x86_64.syscalls.read.errors.EIO is not a count",
                "\"EIO\": 1|\"EIO\": -1|f:40: error: evidence.0.architectures.x86_64.syscalls.read.errors.EIO is not a count",
                "\"unreturned\": 1|\"unreturned\": true|f:39: error: evidence.0.architectures.x86_64.syscalls.exit_group.unreturned is not a count",
                "\"count\": 2, \"succeeded\": 1|\"count\": 9223372036854775807, \"succeeded\": 9223372036854775806|f:40: error: evidence.0.architectures.x86_64.syscalls.read.count is not a count",
                "\"first\": \"-:2\"|\"first\": 2|f:40: error: evidence.0.architectures.x86_64.syscalls.read.first is not a string",
                "\"id\": \"ID\"|\"id\": null|f:23: error: evidence.0.id is not a string",
                "\"proof\": \"proven\"|\"proof\": \"sworn\"|f:36: error: evidence.0.architectures.x86_64.proof is not a proof: 'sworn'",
                "\"x86\"|\"z80\"|f:43: error: evidence.0.architectures.z80 is not an architecture",
                "\"x86\"|\"i386\"|f:43: error: evidence.0.architectures.i386 is spelled \"x86\"",
                "\"x86_64\"|\"amd64\"|f:35: error: evidence.0.architectures.amd64 is spelled \"x86_64\"",
                "\"x86_64\"|\"X86_64\"|f:35: error: evidence.0.architectures.X86_64 is spelled \"x86_64\"",
                "\"read\"|\"re ad\"|f:40: error: evidence.0.architectures.x86_64.syscalls.re ad 're ad' is not a syscall name",
                "\"read\"|\"raed\"|f:40: error: evidence.0.architectures.x86_64.syscalls.raed 'raed' is in no syscall table; did you mean 'read'?",
                "\"count\": 2, \"succeeded\": 1|\"count\": 1, \"succeeded\": 0|f:25: error: evidence.0.lines counts 5 calls, and the syscalls add up to 4",
                "\"EIO\": 1|\"EIO\": 1, \"EPERM\": 0|f:40: error: evidence.0.architectures.x86_64.syscalls.read.errors.EPERM counts what never happened",
                "\"EIO\": 1|\"eio\": 1|f:40: error: evidence.0.architectures.x86_64.syscalls.read.errors.eio is not an errno",
                "\"programs\": [\"/bin/a\"]|\"programs\": [\"/bin/a\", \"/bin/a\"]|f:39: error: evidence.0.architectures.x86_64.syscalls.exit_group.programs.1 is listed twice: '/bin/a'",
                "\"programs\": [\"/bin/a\"]|\"programs\": \"/bin/a\"|f:39: error: evidence.0.architectures.x86_64.syscalls.exit_group.programs is not a list",
                "\"programs\"|\"Programs\"|f:38: error: evidence.0.architectures.x86_64.syscalls.execve.Programs is spelled \"programs\"",
                "\"evidence\"|\"Evidence\"|f:21: error: Evidence is spelled \"evidence\"",
                "\"evidence\"|\"evidences\"|f: error: has no \"evidence\"",
                "\"unparsedAt\": [\"-:4\"]|\"unparsedAt\": [\"-:4\", \"-:5\"]|f:26: error: evidence.0.unparsedAt lists more lines than were not understood",
                "\"unparsedAt\": [\"-:4\"]|\"marks\": [\"clean\"]|f:26: error: evidence.0.marks.0 is not a mark of a run: 'clean'",
                "\"syscalls\": {|\"syscalls\": {}, \"sys\": {|f:35: error: evidence.0.architectures.x86_64 has no calls",
                "\"calls\": 5, \"other\": 0|\"calls\": 4, \"other\": 0|f:25: error: evidence.0.lines.total says 6, and the lines add up to 5",
                "\"strait\": \"observation/1\"|\"strait\": \"observation/3\"|f: error: schema is 'observation/3', and this strait reads observation/1 and observation/2; make it again with: strait summarize TRACE",
                "\"strait\": \"observation/1\"|\"strait\": \"observation/2\"|f: error: has no \"shared\"",
                "\"calls\": 5|\"calls\": \"5\"|f:25: error: evidence.0.lines.calls is not a count",
                "\"source\": \"-\",|\"source\": \"-\", \"source\": \"-\",|f:24: error: is not the JSON of an observation: Duplicate field 'source'"
            })
    void isRefused(String from, String to, String error) {
        assertTrue(JSON.contains(from));
        RefusalException e = assertThrows(RefusalException.class, () -> read(JSON.replace(from, to)));
        assertEquals("bad-observation", e.diagnostic().code());
        assertTrue(e.diagnostic().toString().startsWith(error), e.diagnostic().toString());
    }

    private static final String ARGUMENTS = JSON.replace(
            "\"first\": \"-:2\", \"programs\": [\"/bin/a\"]",
            "\"first\": \"-:2\", \"programs\": [\"/bin/a\"], \"arguments\": [{\"at\": \"0\", \"more\": true}, {\"at\": \"1 2\","
                    + " \"seen\": [[\"3 ff\", 1, \"-:3\"]], \"unknown\": 1, \"unknownAt\": \"-:2\"}]");

    @Test
    void argumentsAreReadAndWrittenAgain() throws IOException {
        Observation observation = read(ARGUMENTS);
        SyscallObservation call =
                observation.architectures().get(Arch.X86_64).syscalls().get("read");
        ArgumentValues values = call.arguments().get("1 2");
        assertEquals(ArgumentValues.MORE, call.arguments().get("0"));
        assertEquals(new Sighting(1, new SourcePosition("-", 3)), values.seen().get(ArgumentTuple.of(3L, 255L)));
        assertEquals(Optional.of(new SourcePosition("-", 2)), values.unknownAt());
        assertEquals(written(ARGUMENTS), ObservationWriter.write(observation));
        assertNotEquals(read(JSON), observation);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"at\": \"0\"|\"at\": \"0 0\"|.0.at is not a place of arguments: '0 0'",
                "\"at\": \"0\"|\"at\": \"6\"|.0.at is not a place of arguments: '6'",
                "\"at\": \"0\"|\"at\": \"\"|.0.at is not a place of arguments: ''",
                "\"at\": \"0\"|\"at\": \"01\"|.0.at is not a place of arguments: '01'",
                "\"at\": \"1 2\"|\"at\": \"0\"|.1.at is that of another place above",
                "\"at\": \"0\"|\"At\": \"0\"|.0.At is spelled \"at\"",
                "\"more\": true|\"more\": 1|.0.more is neither true nor false",
                "\"more\": true|\"more\": false|.0 has no \"seen\"",
                "\"more\": true|\"more\": true, \"unknown\": 1|.0 says more than \"more\"",
                "[[\"3 ff\", 1, \"-:3\"]]|[]|.1.seen is empty",
                "[[\"3 ff\", 1, \"-:3\"]]|{}|.1.seen is not a list",
                "[\"3 ff\", 1, \"-:3\"]|[\"3 ff\", 1]|.1.seen.0 has 2 parts",
                "[\"3 ff\", 1, \"-:3\"]|[\"3 FF\", 1, \"-:3\"]|.1.seen.0.0 is not a list of values: '3 FF'",
                "[\"3 ff\", 1, \"-:3\"]|[\"3 ff\", 0, \"-:3\"]|.1.seen.0.1 counts what never happened",
                "[\"3 ff\", 1, \"-:3\"]|[\"3 ff\", 1, 3]|.1.seen.0.2 is not a string",
                "[\"3 ff\", 1, \"-:3\"]|[\"3 ff\", 1, \"-:3\"], [\"3 ff\", 1, \"-:3\"]|.1.seen.1.0 is listed twice: '3 ff'",
                "\"unknown\": 1|\"unknown\": 2|.1 adds up to 3, and the call has \"count\" 2",
                "\"unknown\": 1, |\"unknown\": 0, |.1.unknown counts what never happened",
                "\"unknown\": 1, ||.1.unknownAt is the place of nothing",
                ", \"unknownAt\": \"-:2\"||.1 has no \"unknownAt\"",
            })
    void argumentsThatNoTraceShowsAreRefused(String from, String to, String error) {
        assertTrue(ARGUMENTS.contains(from));
        assertEquals(
                "f:40: error: evidence.0.architectures.x86_64.syscalls.read.arguments" + error
                        + "; restore the file, or make it again with: strait summarize TRACE [bad-observation]",
                refusal(ARGUMENTS.replace(from, to == null ? "" : to)));
    }

    @Test
    void moreValuesThanAreKeptAreRefused() {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 65; i++) {
            seen.append("[\"").append(Integer.toHexString(i)).append(" 0\", 1, \"-:3\"], ");
        }
        assertTrue(refusal(ARGUMENTS.replace("[[\"3 ff\"", "[" + seen + "[\"3 ff\""))
                .contains(".arguments.1.seen lists more than 64 values"));
    }

    /** Values of a place that profiles compare fit what the kernel reads there. */
    @ParameterizedTest
    @CsvSource({"100000000", "1 2"})
    void valuesThatTheKernelDoesNotReadAreRefused(String value) {
        String json = ARGUMENTS
                .replace("\"read\"", "\"ioctl\"")
                .replace("\"1 2\"", "\"1\"")
                .replace("3 ff", value);
        assertTrue(refusal(json).contains("ioctl.arguments.1.seen.0.0 does not fit '1': '" + value + "';"));
    }

    /** The head of the file is not read as an observation before it says that it is one. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "7|''",
                "[]|''",
                "{}|''",
                "{\"strait\": {}}|''",
                "{\"strait\": 1.50}|'1.50'",
                "{\"strait\": null}|'null'",
                "{\"strait\": true}|'true'",
                "{\"strait\": \"observation/3\", \"runs\": []}|'observation/3'"
            })
    void anotherSchemaIsNamed(String json, String schema) {
        assertEquals(
                "f: error: schema is " + schema
                        + ", and this strait reads observation/1 and observation/2; make it again"
                        + " with: strait summarize TRACE [bad-observation]",
                refusal(json));
    }

    @Test
    void aProfileIsNamed() {
        assertEquals(
                "f: error: is a profile, not evidence; name the traces or observations that it was made from"
                        + " [bad-observation]",
                refusal("{\"defaultAction\": \"SCMP_ACT_ERRNO\"}"));
    }

    @Test
    void aFaultIsWhereItsValueBegins() {
        String json = JSON.replace("\"count\": 2, \"succeeded\"", "\"count\":\n\n\"2\", \"succeeded\"");
        assertTrue(refusal(json).startsWith("f:42: error: evidence.0.architectures.x86_64.syscalls.read.count is not"));
    }

    /** What is passed over is read, too, within the limits of Jackson. */
    @Test
    void whatIsPassedOverIsLimited() throws IOException {
        assertEquals(read(JSON), read(with("[".repeat(999) + "]".repeat(999))));
        assertEquals(
                "f: error: is not the JSON of an observation: Document nesting depth (1001) exceeds the maximum allowed"
                        + " (1000, from `StreamReadConstraints.getMaxNestingDepth()`) [bad-observation]",
                refusal(with("{\"a\":".repeat(1000) + 1 + "}".repeat(1000))));
        assertEquals(read(JSON), read(with("1".repeat(1000))));
        assertEquals(
                "f: error: is not the JSON of an observation: Number value length (1001) exceeds the maximum allowed"
                        + " (1000, from `StreamReadConstraints.getMaxNumberLength()`) [bad-observation]",
                refusal(with("1".repeat(1001))));
        assertTrue(refusal(with("\"" + "s".repeat(20_000_001) + "\""))
                .startsWith("f: error: is not the JSON of an observation: String value length (20000001) exceeds"));
        assertTrue(refusal(JSON.replaceFirst("\\{", "{\"" + "k".repeat(50_001) + "\": 1,"))
                .startsWith("f: error: is not the JSON of an observation: Name length (50001) exceeds"));
    }

    private static String with(String value) {
        return JSON.replaceFirst("\\{", "{\"more\": " + value + ",");
    }

    private static String refusal(String json) {
        return assertThrows(RefusalException.class, () -> read(json))
                .diagnostic()
                .toString();
    }

    @Test
    void aMistakeOfTheJsonHasALine() {
        RefusalException e = assertThrows(RefusalException.class, () -> read(JSON.replace("[\"-:4\"]", "[\"-:4\"")));
        assertTrue(e.diagnostic().toString().startsWith("f:2"), e.diagnostic().toString());
    }

    @Test
    void deepNestingIsRefused() {
        assertThrows(RefusalException.class, () -> read("[".repeat(100_000)));
        assertThrows(RefusalException.class, () -> read("{\"strait\":".repeat(100_000)));
    }

    /** Whatever is done to the bytes: read, or refused with a diagnostic; and what was read is written and read again. */
    @Property
    void damage(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder json = new StringBuilder(JSON);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(json.length());
            int end = Math.min(json.length(), at + random.nextInt(12));
            int from = random.nextInt(json.length());
            String other = json.substring(from, Math.min(json.length(), from + random.nextInt(12)));
            json.replace(at, end, random.nextInt(4) == 0 ? String.valueOf((char) random.nextInt(300)) : other);
        }
        Observation observation;
        try {
            observation = read(json.toString());
        } catch (RefusalException e) {
            return;
        }
        assertEquals(observation, read(ObservationWriter.write(observation)));
    }
}
