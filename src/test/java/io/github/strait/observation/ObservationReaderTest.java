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
                        "socketcall": {"count": 1, "succeeded": 1, "first": "-:5", "programs": ["/bin/a"]}
                      }
                    }
                  }
                }
              ]
            }
            """;

    private static Observation read(String json) throws IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), note -> {});
    }

    @Test
    void isWrittenSo() {
        Observation observation = Observing.text(TRACE).observation();
        String id = observation.runs().get(0).id();
        assertEquals(JSON.replace("ID", id), ObservationWriter.write(observation));
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
            value = {
                "\"read\": {\"count\": 2| \"read\": {\"count\": -2",
                "\"count\": 2, \"succeeded\": 1|\"count\": 3, \"succeeded\": 1",
                "\"count\": 2, \"succeeded\": 1|\"count\": 2.5, \"succeeded\": 1.5",
                "\"EIO\": 1|\"EIO\": \"1\"",
                "\"EIO\": 1|\"EIO\": -1",
                "\"unreturned\": 1|\"unreturned\": true",
                "\"count\": 2, \"succeeded\": 1|\"count\": 9223372036854775807, \"succeeded\": 9223372036854775806",
                "\"first\": \"-:2\"|\"first\": 2",
                "\"id\": \"ID\"|\"id\": null",
                "\"proof\": \"proven\"|\"proof\": \"sworn\"",
                "\"x86\"|\"z80\"",
                "\"x86\"|\"i386\"",
                "\"x86_64\"|\"amd64\"",
                "\"x86_64\"|\"X86_64\"",
                "\"read\"|\"re ad\"",
                "\"read\"|\"raed\"",
                "\"count\": 2, \"succeeded\": 1|\"count\": 1, \"succeeded\": 0",
                "\"EIO\": 1|\"EIO\": 1, \"EPERM\": 0",
                "\"EIO\": 1|\"eio\": 1",
                "\"programs\": [\"/bin/a\"]|\"programs\": [\"/bin/a\", \"/bin/a\"]",
                "\"programs\": [\"/bin/a\"]|\"programs\": \"/bin/a\"",
                "\"programs\"|\"Programs\"",
                "\"evidence\"|\"Evidence\"",
                "\"evidence\"|\"evidences\"",
                "\"unparsedAt\": [\"-:4\"]|\"unparsedAt\": [\"-:4\", \"-:5\"]",
                "\"unparsedAt\": [\"-:4\"]|\"marks\": [\"clean\"]",
                "\"syscalls\": {|\"syscalls\": {}, \"sys\": {",
                "\"calls\": 5, \"other\": 0|\"calls\": 4, \"other\": 0",
                "\"strait\": \"observation/1\"|\"strait\": \"observation/2\"",
                "\"calls\": 5|\"calls\": \"5\"",
                "\"source\": \"-\",|\"source\": \"-\", \"source\": \"-\",",
            },
            delimiter = '|')
    void isRefused(String from, String to) {
        assertTrue(JSON.contains(from.trim()));
        RefusalException e = assertThrows(RefusalException.class, () -> read(JSON.replace(from.trim(), to.trim())));
        assertEquals("bad-observation", e.diagnostic().code());
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
