package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of an observation of many runs, and what is refused of it. */
class SharedRowsTest {
    private static SyscallObservation call(long count, String file, long line, String... programs) {
        return new SyscallObservation(
                count,
                1,
                0,
                count == 1 ? ImmutableSortedMap.of() : ImmutableSortedMap.of("EIO", count - 1),
                new SourcePosition(file, line),
                ImmutableSortedSet.copyOf(programs),
                false,
                ImmutableSortedSet.of());
    }

    private static Run run(int i) {
        String source = "t" + i;
        ImmutableSortedMap<String, SyscallObservation> calls = ImmutableSortedMap.of(
                "close", call(1 + i % 2, source, 9 + i, "/bin/a"),
                "execve", call(1, i == 1 ? "t.7" : source, 1, ""),
                "read", call(3, source, 5, "/bin/a"));
        long count =
                calls.values().stream().mapToLong(SyscallObservation::count).sum();
        return new Run(
                "id" + i,
                source,
                new LineCounts(count, 0, 0),
                ImmutableList.of(),
                ImmutableSortedSet.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ImmutableSortedMap.of(Arch.X86_64, new ArchObservation(Proof.PROVEN, calls)));
    }

    private static Observation observation(int runs) {
        List<Run> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(run(i));
        }
        return Observation.of(all);
    }

    private static final String JSON = ObservationWriter.write(observation(64));

    private static Observation read(String json) throws IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), note -> {});
    }

    @Test
    void isWrittenSo() throws IOException {
        assertEquals("""
            {
              "strait": "observation/2",
              "runs": 64,
              "runsAlone": 0,
              "newCallRate": 0,
              "interval": [0, 0.0457],
              "lines": {"total": 352, "calls": 352, "other": 0, "unparsed": 0},
              "architectures": {
                "x86_64": {
                  "proof": "proven",
                  "runs": 64,
                  "runsAlone": 0,
                  "newCallRate": 0,
                  "interval": [0, 0.0457],
                  "syscalls": {
                    "close": {"count": 96, "runs": 64},
                    "execve": {"count": 64, "runs": 64},
                    "read": {"count": 192, "runs": 64}
                  }
                }
              },
              "shared": {
                "x86_64": [
                  {"name": "close", "count": 1, "succeeded": 1, "programs": ["/bin/a"]},
                  {"name": "close", "count": 2, "succeeded": 1, "errors": {"EIO": 1}, "programs": ["/bin/a"]},
                  {"name": "execve", "count": 1, "succeeded": 1, "programs": [""]},
                  {"name": "read", "count": 3, "succeeded": 1, "errors": {"EIO": 2}, "programs": ["/bin/a"]}
                ]
              },
              "evidence": [
                {
                  "id": "id0",
                  "source": "t0",
                  "lines": {"total": 5, "calls": 5, "other": 0, "unparsed": 0},
                  "architectures": {
                    "x86_64": {
                      "proof": "proven",
                      "rows": [0, 2, 3],
                      "first": [9, 1, 5]
                    }
                  }
                },
                {
                  "id": "id1",
                  "source": "t1",
                  "lines": {"total": 6, "calls": 6, "other": 0, "unparsed": 0},
                  "architectures": {
                    "x86_64": {
                      "proof": "proven",
                      "rows": [1, 2, 3],
                      "first": [10, "t.7:1", 5]
                    }
                  }
                },
            """, JSON.substring(0, JSON.indexOf("    {\n      \"id\": \"id10\"")));
        assertEquals(observation(64), read(JSON));
    }

    @Test
    void fewRunsAreWrittenInFull() {
        String json = ObservationWriter.write(observation(63));
        assertTrue(json.startsWith("{\n  \"strait\": \"observation/1\""));
        assertTrue(json.contains(
                "\"execve\": {\"count\": 1, \"succeeded\": 1, \"first\": \"t.7:1\", \"programs\": [\"\"]}"));
    }

    /** Two spellings of one call are added up, as they are where each run is written in full. */
    @Test
    void twoNamesOfOneCallAreOne() throws IOException {
        String json = JSON.replaceFirst("\"name\": \"execve\"", "\"name\": \"syscall_0\"")
                .replaceFirst("\n *\"execve\": .*", "")
                .replaceFirst("\"read\": \\{\"count\": 192", "\"read\": {\"count\": 256");
        SyscallObservation read = Optional.ofNullable(
                        read(json).runs().get(0).architectures().get(Arch.X86_64))
                .orElseThrow()
                .syscalls()
                .get("read");
        assertEquals(call(1, "t0", 1, "").plus(call(3, "t0", 5, "/bin/a")), read);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"rows\": [0,|\"rows\": [4,|f:38: error: evidence.0.architectures.x86_64.rows.0 says 4, and \"shared\" has 4"
                        + " rows of x86_64; restore the file",
                "\"rows\": [0,|\"rows\": [99999999999999,|f:38: error: evidence.0.architectures.x86_64.rows.0 says 99999999999999,",
                "\"rows\": [0,|\"rows\": [-1,|f:38: error: evidence.0.architectures.x86_64.rows.0 is not a count",
                "\"rows\": [0,|\"rows\": [0.5,|f:38: error: evidence.0.architectures.x86_64.rows.0 is not a count",
                "\"rows\": [0,|\"rows\": [\"close\",|f:38: error: evidence.0.architectures.x86_64.rows.0 is not a count",
                "\"rows\": [0,|\"rows\": [[0],|f:38: error: evidence.0.architectures.x86_64.rows.0 is not a count",
                "\"rows\": [0, 2,|\"rows\": [0, 1,|f:38: error: evidence.0.architectures.x86_64.rows.1 is a second row of 'close'",
                "\"rows\": [0, 2,|\"rows\": [0, 0,|f:38: error: evidence.0.architectures.x86_64.rows.1 is a second row of 'close'",
                "\"rows\": [0, 2,|\"rows\": [2,|f:39: error: evidence.0.architectures.x86_64.first lists 3 positions for 2 rows",
                "\"rows\": [0, 2, 3],|\"rows\": {},|f:38: error: evidence.0.architectures.x86_64.rows is not a list",
                "\"rows\": [0, 2, 3],|`` |f:36: error: evidence.0.architectures.x86_64 has no \"rows\"",
                "\"first\": [9,|\"first\": [true,|f:39: error: evidence.0.architectures.x86_64.first.0 is not a string",
                "\"first\": [9,|\"first\": [1000000000000000000,|f:39: error: evidence.0.architectures.x86_64.first.0 is not a line",
                "\"first\": [9,|\"first\": [-9,|f:39: error: evidence.0.architectures.x86_64.first.0 is not a count",
                "\"rows\"|\"Rows\"|f:38: error: evidence.0.architectures.x86_64.Rows is spelled \"rows\"",
                "\"shared\"|\"Shared\"|f:22: error: Shared is spelled \"shared\"",
                "\"shared\"|\"sharing\"|f: error: has no \"shared\"",
                "\"shared\": {|\"shared\": {\"x86\": [],  \"amd64\": [], |f:22: error: shared.amd64 is spelled \"x86_64\"",
                "\"shared\": {|\"shared\": [{}], \"rest\": {|f:22: error: shared is not an object",
                "{\"name\": \"close\"|{\"name\": \"closes\"|f:24: error: shared.x86_64.0.name 'closes' is in no syscall table",
                "{\"name\": \"close\"|{\"call\": \"close\"|f:24: error: shared.x86_64.0 has no \"name\"",
                "\"close\", \"count\": 1|\"close\", \"count\": 2|f:24: error: shared.x86_64.0 has \"count\" 2, and the results add up to 1",
                "\"close\", \"count\": 1|\"close\", \"Count\": 1|f:24: error: shared.x86_64.0.Count is spelled \"count\"",
                "\"strait\": \"observation/2\"|\"strait\": \"observation/1\"|f:36: error: evidence.0.architectures.x86_64 has no \"syscalls\"",
            })
    void isRefused(String from, String to, String error) {
        assertTrue(JSON.contains(from), from);
        int at = JSON.indexOf(from);
        String json = JSON.substring(0, at) + to + JSON.substring(at + from.length());
        RefusalException e = assertThrows(RefusalException.class, () -> read(json));
        assertEquals("bad-observation", e.diagnostic().code());
        assertTrue(e.diagnostic().toString().startsWith(error), e.diagnostic().toString());
    }

    private static final String ARGUMENTS = JSON.replace(
                    "\"count\": 3, \"succeeded\": 1, \"errors\": {\"EIO\": 2}, \"programs\": [\"/bin/a\"]",
                    "\"count\": 3, \"succeeded\": 1, \"errors\": {\"EIO\": 2}, \"programs\": [\"/bin/a\"], \"arguments\":"
                            + " [{\"at\": \"0\", \"seen\": [[\"3\", 1], [\"5\", 1]], \"unknown\": 1}, {\"at\": \"1\", \"more\": true}]")
            .replaceAll("\"first\": \\[.*\\]", "$0,\n          \"argumentsAt\": [7, \"t.7:1\", 5]");

    /** The rows have no positions; each run has those of its own. */
    @Test
    void argumentsAreShared() throws IOException {
        Observation observation = read(ARGUMENTS);
        ArgumentValues values = observation
                .runs()
                .get(2)
                .architectures()
                .get(Arch.X86_64)
                .syscalls()
                .get("read")
                .arguments()
                .get("0");
        String source = observation.runs().get(2).source();
        assertEquals(
                new Sighting(1, new SourcePosition(source, 7)), values.seen().get(ArgumentTuple.of(3L)));
        assertEquals(
                new Sighting(1, new SourcePosition("t.7", 1)), values.seen().get(ArgumentTuple.of(5L)));
        assertEquals(Optional.of(new SourcePosition(source, 5)), values.unknownAt());
        assertEquals(ARGUMENTS, ObservationWriter.write(observation));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "[7, \"t.7:1\", 5]|[7, \"t.7:1\"]|lacks positions in \"argumentsAt\"",
                "[7, \"t.7:1\", 5]|[7, \"t.7:1\", 5, 8]|argumentsAt.3 is the place of no value",
                "[7, \"t.7:1\", 5]|[7, null, 5]|argumentsAt.1 is not a string",
            })
    void positionsOfArgumentsAreOfTheRows(String from, String to, String error) {
        int at = ARGUMENTS.indexOf(from);
        String json = ARGUMENTS.substring(0, at) + to + ARGUMENTS.substring(at + from.length());
        RefusalException e = assertThrows(RefusalException.class, () -> read(json));
        String message = e.diagnostic().toString();
        assertTrue(message.contains("evidence.0.architectures.x86_64") && message.contains(error + ";"), message);
    }

    @Test
    void aRowOfNoRunIsRefused() {
        String json = JSON.replaceFirst(
                "(?m)^    ]\n  },\n  \"evidence", ",    {\"name\": \"bpf\", \"count\": 1, \"succeeded\": 1}\n$0");
        RefusalException e = assertThrows(RefusalException.class, () -> read(json));
        assertTrue(
                e.diagnostic().toString().startsWith("f:28: error: shared.x86_64.4 is in no run below;"),
                e.diagnostic().toString());
    }

    /** A table of long rows and many short runs is read into little memory, and written as short as it came. */
    @Test
    void whatIsSharedStaysShared() throws IOException {
        String program = "/" + "p".repeat(1 << 20);
        String json = JSON.replace("\"/bin/a\"", '"' + program + '"');
        Observation observation = read(json);
        String written = ObservationWriter.write(observation);
        assertEquals(json, written);
        long distinct = observation.runs().stream()
                .flatMap(run -> run.architectures().values().stream())
                .flatMap(seen -> seen.syscalls().values().stream())
                .map(seen -> System.identityHashCode(seen.programs()))
                .distinct()
                .count();
        assertEquals(4, distinct);
    }
}
