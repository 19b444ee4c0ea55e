package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.derive.Observations;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the head of an observation says of the next run. */
class NewCallRateJsonTest {
    private static final String JSON = ObservationWriter.write(observation());

    private static Observation observation() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            runs.add(Observations.run(
                    "run" + i,
                    Arch.X86_64,
                    "read",
                    List.of("mkdir", "rmdir", "chdir", "read").get(Math.min(i, 3))));
        }
        return Observation.of(runs);
    }

    private static Observation read(String json) throws IOException {
        return ObservationReader.read("f", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), note -> {
            throw new AssertionError(note);
        });
    }

    @Test
    void theHeadSaysIt() throws IOException {
        assertTrue(JSON.startsWith("""
                {
                  "strait": "observation/1",
                  "runs": 8,
                  "runsAlone": 3,
                  "newCallRate": 0.375,
                  "interval": [0.1111, 0.7108],
                  "lines":"""), JSON);
        assertTrue(JSON.contains("""
                    "x86_64": {
                      "proof": "proven",
                      "runs": 8,
                      "runsAlone": 3,
                      "newCallRate": 0.375,
                      "interval": [0.1111, 0.7108],
                      "syscalls": {
                """.indent(-4).indent(4)), JSON);
        assertEquals(JSON, ObservationWriter.write(read(JSON)));
    }

    /** Documents of older versions lack it, and say the same when they are written again. */
    @Test
    void aHeadWithoutItIsRead() throws IOException {
        String old = JSON.replaceAll(" *\"(runsAlone|newCallRate|interval)\".*\n", "")
                .replace("      \"runs\": 8,\n", "");
        assertEquals(JSON, ObservationWriter.write(read(old)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"runsAlone\": 3 | \"runsAlone\": 0 | runsAlone says '0', and the runs below give 3",
                "\"newCallRate\": 0.375 | \"newCallRate\": 0.01 | newCallRate says '0.01', and the runs below give 0.375",
                "0.7108 | 0.2 | interval says [0.1111, 0.2], and the runs below give [0.1111, 0.7108]",
                "\"runsAlone\": 3, | \"runsAlone\": 3, \"wholeRuns\": 4, | wholeRuns says '4', and the runs below give 8",
                "\"runsAlone\" | \"RunsAlone\" | RunsAlone is spelled \"runsAlone\"",
            })
    void aHeadThatSaysOtherwiseIsRefused(String from, String to, String message) {
        for (String json : List.of(JSON.replace(from, to), JSON.replaceFirst(from.replace("0.7108", "0\\.7108"), to))) {
            RefusalException e = assertThrows(RefusalException.class, () -> read(json));
            assertTrue(e.getMessage().startsWith(message), e.getMessage());
        }
        int arch = JSON.indexOf("\"x86_64\"");
        String json = JSON.substring(0, arch) + JSON.substring(arch).replace(from, to);
        if (!from.contains(",")) {
            RefusalException e = assertThrows(RefusalException.class, () -> read(json));
            assertTrue(e.getMessage().startsWith("architectures.x86_64." + message), e.getMessage());
        }
    }

    @Test
    void theRunsOfAMachineAreCheckedToo() {
        String json = JSON.replace("      \"runs\": 8,\n", "      \"runs\": 9,\n");
        RefusalException e = assertThrows(RefusalException.class, () -> read(json));
        assertTrue(
                e.getMessage().startsWith("architectures.x86_64.runs says 9, and the runs below give 8"),
                e.getMessage());
    }
}
