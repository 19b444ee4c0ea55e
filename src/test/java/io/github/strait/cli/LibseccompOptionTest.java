package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that the library on the machines drops in silence. */
class LibseccompOptionTest {
    private static final String NEW_CALLS = Traces.X86_64
            + "10 [ 451] cachestat(3, NULL, NULL, 0) = -1 EFAULT (Bad address)\n"
            + "10 [ 449] futex_waitv(NULL, 0, 0, NULL, CLOCK_MONOTONIC) = -1 EINVAL (Invalid argument)\n";

    @TempDir
    Path directory;

    @Test
    void allowedCallsThatNeedANewerVersionAreNamed() throws IOException {
        Path trace = Traces.write(directory, "a.strace", NEW_CALLS);
        Result result = Strait.run("generate", trace);
        assertEquals(0, result.status());
        assertTrue(
                result.err()
                        .contains("strait: warning: libseccomp 2.5.2 (RHEL 8 and 9) ignores these calls silently,"
                                + " so they stay denied: futex_waitv; libseccomp 2.5.4 is the first to know it"
                                + " [newer-than-libseccomp]\n"),
                result.err());
        assertTrue(result.err().contains("so they stay denied: cachestat; "), result.err());
    }

    @Test
    void theVersionOfTheMachinesCounts() throws IOException {
        Path trace = Traces.write(directory, "a.strace", NEW_CALLS);
        Result older = Strait.run("generate", trace, "--libseccomp=2.5.4");
        assertFalse(older.err().contains("futex_waitv"), older.err());
        assertTrue(older.err().contains("so they stay denied: cachestat; "), older.err());
        Result newer = Strait.run("generate", trace, "--libseccomp", "2.6.1");
        assertFalse(newer.err().contains("[newer-than-libseccomp]"), newer.err());
        assertEquals(older.out(), newer.out(), "the profile is the same");
    }

    /** A Makefile can give both commands the same options. */
    @Test
    void checkSaysTheSameAsGenerate() throws IOException {
        Path trace = Traces.write(directory, "a.strace", NEW_CALLS);
        Path profile = directory.resolve("p.json");
        for (String version : new String[] {"2.5.2", "2.5.4", "2.6.1"}) {
            Result generated = Strait.run("generate", trace, "--libseccomp", version, "-o", profile);
            Result checked = Strait.run("check", trace, "--libseccomp", version, "--profile", profile);
            assertEquals(0, checked.status());
            assertEquals(warnings(generated), warnings(checked));
        }
        assertEquals(
                2,
                Strait.run("check", trace, "--libseccomp=9", "--profile", profile)
                        .status());
    }

    private static String warnings(Result result) {
        return result.err()
                .lines()
                .filter(line -> line.contains("[newer-than-libseccomp]"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void evidenceIsNotReadForAVersionThatNobodyKnows() {
        Result result = Strait.run("generate", "nowhere", "--libseccomp=9");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("unknown libseccomp version '9'"), result.err());
    }
}
