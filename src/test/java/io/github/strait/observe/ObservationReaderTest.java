package io.github.strait.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static Observation read(String json) throws EvidenceException, IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isWrittenSo() throws EvidenceException {
        Observation observation = Observing.text(TRACE).observation();
        String id = observation.runs().get(0).id();
        assertEquals(JSON.replace("ID", id), ObservationWriter.write(observation));
    }

    /** The sums are made again, and keys that this version does not know are passed over. */
    @Test
    void onlyTheEvidenceCounts() throws EvidenceException, IOException {
        Observation observation = read(JSON);
        assertEquals(observation, read(JSON.replace("\"runs\": 1", "\"runs\": 7")));
        assertEquals(observation, read(JSON.replace("\"id\"", "\"more\": [{}], \"id\"")));
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
                "\"read\"|\"re ad\"",
                "\"calls\": 5|\"calls\": \"5\"",
                "\"source\": \"-\",|\"source\": \"-\", \"source\": \"-\",",
            },
            delimiter = '|')
    void isRefused(String from, String to) {
        assertTrue(JSON.contains(from.trim()));
        EvidenceException e = assertThrows(EvidenceException.class, () -> read(JSON.replace(from.trim(), to.trim())));
        assertEquals("bad-observation", e.diagnostic().code());
    }

    @Test
    void aMistakeOfTheJsonHasALine() {
        EvidenceException e = assertThrows(EvidenceException.class, () -> read(JSON.replace("[\"-:4\"]", "[\"-:4\"")));
        assertTrue(e.diagnostic().toString().startsWith("f:2"), e.diagnostic().toString());
    }

    @Test
    void deepNestingIsRefused() {
        assertThrows(EvidenceException.class, () -> read("[".repeat(100_000)));
        assertThrows(EvidenceException.class, () -> read("{\"strait\":".repeat(100_000)));
    }

    /** Whatever is done to the bytes: read, or refused with a diagnostic; and what was read is written and read again. */
    @Property
    void damage(@ForAll long seed) throws EvidenceException, IOException {
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
        } catch (EvidenceException e) {
            return;
        }
        assertEquals(observation, read(ObservationWriter.write(observation)));
    }
}
