package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.StraceVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StraceTest {
    private static final Strace STRACE = new Strace(Path.of("/usr/bin/strace"), Optional.of(new StraceVersion(6, 1)));
    private static final String EVIDENCE = "/usr/bin/strace -f -n -s 0 -X raw --quiet=attach -o out";

    @TempDir
    Path directory;

    private final List<Diagnostic> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "strace -- version 6.1, 6, 1",
        "strace -- version 5.9, 5, 9",
        "strace -- version 5.10.0.19.0d8ac, 5, 10",
        "strace -- version 4.26+ds-1ubuntu2, 4, 26",
        "/opt/strace -- version 6.12-rc1, 6, 12",
    })
    void readsTheVersion(String line, int major, int minor) {
        assertEquals(
                Optional.of(new StraceVersion(major, minor)),
                Strace.version(line + "\nCopyright (c) 1991-2022 The strace developers."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "strace -- version UNKNOWN", "BusyBox v1.35", "strace: invalid option -- 'V'"})
    void knowsWhenThereIsNone(String line) {
        assertEquals(Optional.empty(), Strace.version(line));
    }

    @Test
    void comparesVersionsByNumber() {
        assertTrue(new StraceVersion(5, 10).compareTo(Strace.OLDEST) > 0);
        assertTrue(new StraceVersion(4, 26).compareTo(Strace.OLDEST) < 0);
    }

    @Test
    void tracesACommand() {
        RecordOptions options = RecordOptions.ofCommand(Path.of("t"), List.of("ls", "-o", "--", "a b"));
        assertEquals(
                ImmutableList.builder()
                        .add(EVIDENCE.split(" "))
                        .add("--", "ls", "-o", "--", "a b")
                        .build(),
                STRACE.command(Path.of("out"), options));
    }

    @Test
    void attachesToProcesses() {
        RecordOptions options = RecordOptions.ofAttached(Path.of("t"), List.of(7L, 4_000_000L));
        assertEquals(
                List.of((EVIDENCE.replace(" -o", " -A -o") + " -p 7 -p 4000000").split(" ")),
                STRACE.command(Path.of("out"), options.within(Duration.ofSeconds(1))));
    }

    @Test
    void tellsOfAnOldOne() throws IOException {
        RefusalException e = assertThrows(RefusalException.class, () -> find("echo strace -- version 5.8"));
        assertEquals(StartStatus.FAILED, StartStatus.of(e));
        assertEquals(
                "strait: error: " + directory.resolve("strace") + " is strace 5.8, but record needs strace 5.9 or later"
                        + " for -n; install a newer one and name it in STRAIT_STRACE [old-strace]",
                e.diagnostic().toString());
    }

    @Test
    void takesOneThatDoesNotKnowItsVersionButSaysSo() throws Exception {
        assertEquals(Optional.empty(), find("echo strace -- version UNKNOWN").version());
        assertEquals("strace-version", told.get(0).code());
    }

    @Test
    void tellsHowToInstallIt() {
        CallerEnvironment none =
                new CallerEnvironment(Map.of("PATH", directory.toString(), "STRAIT_STRACE", ""), false);
        RefusalException e = assertThrows(RefusalException.class, () -> Strace.find(none, told::add));
        assertEquals(StartStatus.FAILED, StartStatus.of(e));
        assertEquals(
                "no strace on PATH; install strace 5.9 or later (apt-get install strace), or name one in STRAIT_STRACE",
                e.getMessage());
    }

    @Test
    void tellsWhenTheOneThatIsNamedIsNotThere() {
        CallerEnvironment wrong = new CallerEnvironment(Map.of("STRAIT_STRACE", "/nonexistent/strace"), false);
        RefusalException e = assertThrows(RefusalException.class, () -> Strace.find(wrong, told::add));
        assertEquals(
                "/nonexistent/strace, which STRAIT_STRACE names, cannot be run; install strace 5.9 or later"
                        + " (apt-get install strace), or name one in STRAIT_STRACE",
                e.getMessage());
    }

    private Strace find(String body) throws IOException {
        Path file = directory.resolve("strace");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return Strace.find(new CallerEnvironment(Map.of("STRAIT_STRACE", file.toString()), false), told::add);
    }
}
