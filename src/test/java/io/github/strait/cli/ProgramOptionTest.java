package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrapper that makes a container, and the program in it: one of them is wanted. */
class ProgramOptionTest {
    private static final String TRACE = """
            10 [  59] execve("/usr/bin/wrapper", ["wrapper"], 0x7ffd00000000 /* 3 vars */) = 0
            10 [ 165] mount("none", "/", NULL, MS_REC|MS_PRIVATE, NULL) = 0
            10 [ 155] pivot_root(".", ".") = 0
            10 [  59] execve("/srv/app", ["app"], 0x7ffd00000000 /* 3 vars */) = 0
            10 [ 257] openat(AT_FDCWD, "/etc/app.conf", O_RDONLY) = 3
            10 [  56] clone(child_stack=NULL, flags=SIGCHLD) = 11
            11 [  83] mkdir("/run/app", 0755) = 0
            11 [ 231] exit_group(0) = ?
            11 +++ exited with 0 +++
            10 [ 231] exit_group(0) = ?
            10 +++ exited with 0 +++
            """;

    @TempDir
    private Path directory;

    private Path trace;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "c.strace", TRACE);
    }

    @Test
    void aContainerRuntimeIsNamedWithTheWayOut() {
        Result result = Strait.run("generate", trace);
        assertTrue(result.out().contains("\"pivot_root\""), result.out());
        assertTrue(
                result.err().contains("c.strace:4: warning: a container runtime starts /srv/app here"), result.err());
        assertTrue(result.err().contains("with: --from-program /srv/app [container-runtime]"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--program", "--from-program"})
    void generateKeepsTheProgramsCallsAlone(String option) {
        for (String name : new String[] {"/srv/app", "app"}) {
            Result result = Strait.run("generate", "--runtime", "none", "--format", "names", trace, option, name);
            assertEquals(0, result.status(), result.err());
            assertTrue(result.out().contains("x86_64\tmkdir\n"), result.out());
            assertTrue(result.out().contains("x86_64\texecve\n"), result.out());
            assertFalse(result.out().contains("mount"), result.out());
            assertFalse(result.out().contains("pivot_root"), result.out());
            assertFalse(result.err().contains("[container-runtime]"), result.err());
            assertTrue(result.err().contains("1 run read for chosen programs only"), result.err());
        }
    }

    @Test
    void explainVerifyAndSummarizeTakeIt() throws IOException {
        Result explained = Strait.run("explain", "-q", trace, "mount", "mkdir", "--program", "app");
        assertEquals(0, explained.status(), explained.err());
        assertTrue(explained.out().contains("mount on x86_64: not allowed"), explained.out());
        Path profile = directory.resolve("app.json");
        assertEquals(
                0,
                Strait.run("generate", "-q", trace, "--program", "app", "-o", profile)
                        .status());
        assertEquals(
                0,
                Strait.run("verify", "-q", profile, trace, "--program", "app").status());
        assertEquals(1, Strait.run("verify", "-q", profile, trace).status());
        Path observation = directory.resolve("app.observation.json");
        assertEquals(
                0,
                Strait.run("summarize", "-q", trace, "--program", "app", "-o", observation)
                        .status());
        assertEquals(
                Strait.run("generate", "-q", trace, "--program", "app").out(),
                Strait.run("generate", "-q", observation).out());
    }

    /** What is to be run again has the option, too. */
    @Test
    void checkTakesItAndRepeatsIt() {
        Path profile = directory.resolve("app.json");
        Strait.run("generate", "-q", trace, "--program", "app", "-o", profile);
        assertEquals(
                0,
                Strait.run("check", "-q", trace, "--program", "app", "--profile", profile)
                        .status());
        Result drift = Strait.run("check", "-q", trace, "--program", "wrapper", "--profile", profile);
        assertEquals(1, drift.status());
        assertTrue(drift.out().contains("--program wrapper"), drift.out());
    }

    @Test
    void mistakesAreNamed() throws IOException {
        refused("no trace here executes 'ap'; did you mean 'app'? executed: /srv/app, /usr/bin/wrapper", "ap", trace);
        refused("an empty argument names no program; is a variable unset?", "", trace);
        Path observation = directory.resolve("o.json");
        Strait.run("summarize", "-q", trace, "-o", observation);
        refused("o.json: error: is an observation, which does not say whose children", "app", observation);
    }

    private static void refused(String message, String program, Path evidence) {
        Result result = Strait.run("generate", evidence, "--program", program);
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().contains(message), result.err());
    }
}
