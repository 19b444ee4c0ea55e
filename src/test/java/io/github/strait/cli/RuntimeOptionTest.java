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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of a container runtime are a layer, Docker's unless the user says otherwise. */
class RuntimeOptionTest {
    @TempDir
    Path directory;

    private Path trace;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
    }

    private Result names(Object... options) {
        Object[] all = new Object[options.length + 4];
        all[0] = "generate";
        all[1] = trace;
        all[2] = "--format";
        all[3] = "names";
        System.arraycopy(options, 0, all, 4, options.length);
        return Strait.run(all);
    }

    @Test
    void withoutItTheProfileIsForDocker() {
        assertEquals(names("--runtime", "docker").out(), names().out());
        assertEquals(names("--runtime", "runc").out(), names().out());
        assertTrue(names().out().contains("epoll_ctl"));
    }

    @Test
    void aFormatOfOneRuntimeIsForThat() {
        Object[] gvisor = {"generate", trace, "--format", "gvisor"};
        assertEquals(Strait.run("generate", trace, "--format", "gvisor", "--runtime", "gvisor"), Strait.run(gvisor));
        Result docker = Strait.run("generate", trace, "--format", "gvisor", "--runtime", "docker");
        assertTrue(docker.out().contains("epoll_ctl"), docker.toString());
        assertFalse(Strait.run(gvisor).out().contains("epoll_ctl"));
        Path profile = directory.resolve("runsc.json");
        assertEquals(
                0,
                Strait.run("generate", trace, "--format", "gvisor", "-o", profile)
                        .status());
        assertEquals(
                0,
                Strait.run("check", trace, "--format", "gvisor", "--profile", profile)
                        .status());
        String why =
                Strait.run("explain", trace, "epoll_ctl", "--format", "gvisor").out();
        assertFalse(why.contains("layer runtime"), why);
    }

    @Test
    void evidenceFromInsideAContainerNeedsNone() {
        assertFalse(names("--runtime", "none").out().contains("epoll_ctl"));
        assertEquals(
                names("--runtime", "none").out(), names("--no-layer", "runtime").out());
        assertEquals(
                names().out(), names("--no-layer=runtime", "--layer=runtime").out());
    }

    @ParameterizedTest
    @CsvSource({"oci, true", "moby, true", "bpf-asm, true", "names, false", "gvisor, false"})
    void answersAreAnnouncedOnlyWhereTheyAreWritten(String format, boolean written) {
        Result result = Strait.run("generate", trace, "--format", format);
        assertEquals(0, result.status(), result.err());
        assertEquals(written, result.err().contains(" other calls return ENOSYS"), result.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runc",
                "crun",
                "docker",
                "podman",
                "containerd",
                "cri-o",
                "bubblewrap",
                "systemd",
                "gvisor",
                "none",
                "runc@1.1.5",
                "crun@1.8.1",
                "docker@28.0",
                "podman@5.2",
                "cri-o@1.30"
            })
    void checkTakesWhatGenerateTook(String runtime) {
        Path profile = directory.resolve("p.json");
        assertEquals(
                0,
                Strait.run("generate", trace, "--runtime", runtime, "--no-new-privs", "-o", profile)
                        .status());
        Result same = Strait.run("check", trace, "--runtime", runtime, "--no-new-privs", "--profile", profile);
        assertEquals(0, same.status(), same.out());
    }

    @Test
    void initAndExecAddToTheLayer() {
        long run = names().out().lines().count();
        assertTrue(names("--exec").out().lines().count() > run);
        assertTrue(names("--init").out().contains("x86_64\trt_sigtimedwait\n"));
        assertEquals(2, names("--runtime", "none", "--exec").status());
    }

    @Test
    void anUnknownLayerIsOneLineWithTheNearest() {
        Result result = names("--no-layer", "runtme");
        assertEquals(2, result.status());
        assertEquals(
                "strait: error: Invalid value for option '--no-layer' (LAYER): unknown layer 'runtme'; did you mean 'runtime'?; known are: essential vdso runtime load siblings imports imports-all"
                        + "; see strait generate --help [usage]\n",
                result.err());
    }

    @Test
    void runcNeedsMoreThanCrunAndBothLessWithNoNewPrivileges() {
        long runc = names("--runtime", "runc").out().lines().count();
        long quietRunc =
                names("--runtime", "runc", "--no-new-privs").out().lines().count();
        long quietCrun =
                names("--runtime", "crun", "--no-new-privs").out().lines().count();
        assertTrue(runc > quietRunc && quietRunc > quietCrun, runc + " " + quietRunc + " " + quietCrun);
        assertTrue(names("--runtime", "docker").out().contains("x86_64\tfstatfs\n"));
    }

    @Test
    void theSummaryAndExplainNameTheLayer() {
        assertTrue(names("--runtime", "runc").err().contains("layer runtime: "));
        String why =
                Strait.run("explain", trace, "fstatfs", "--runtime", "runc").out();
        assertTrue(why.contains("layer runtime: needed by runc 1.1, 1.2 before execve: "), why);
        String one = Strait.run("explain", trace, "fstatfs", "--runtime", "runc@1.1.5", "--no-new-privs")
                .out();
        assertTrue(one.contains("layer runtime: needed by runc 1.1 before execve: "), one);
    }

    @Test
    void theRuntimeIsNativeAndGivesThe32BitAbiBesideItNothing() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        String out = Strait.run("generate", trace, companion, "--runtime", "runc", "--format", "names")
                .out();
        assertTrue(out.contains("x86_64\tepoll_ctl\n"), out);
        assertFalse(out.contains("x86\tepoll_ctl\n"), out);
    }

    @Test
    void anUnknownRuntimeIsOneLine() {
        Result result = names("--runtime", "dcoker");
        assertEquals(2, result.status());
        assertEquals(1, result.err().lines().count());
        assertTrue(result.err().contains("did you mean 'docker'?"), result.err());
        assertTrue(names("--runtime", "RUNC").err().contains("did you mean 'runc'?"));
        assertTrue(names("--errno", "eperm").err().contains("did you mean EPERM?"));
    }

    /** The newest rows for a version that they do not know would be a guess, in silence. */
    @Test
    void aVersionThatNobodyMeasuredIsOneLineWithTheKnownOnesAndTheNearest() {
        Result result = names("--runtime", "runc@9");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(
                "strait: error: runc 9 is newer than any that was measured; known are runc 1.1 to 1.3, the nearest is"
                        + " --runtime runc@1.3. Without '@9' the calls of all of them are allowed [usage]\n",
                result.err());
        assertEquals(2, names("--runtime", "crun@0.1").status());
        assertEquals(2, names("--runtime", "systemd@251").status());
        assertEquals(2, names("--runtime", "systemd@263").status());
        assertEquals(0, names("--runtime", "systemd@262.1-1").status());
        assertEquals(2, names("--runtime", "runc@latest").status());
        assertEquals(0, names("--runtime", "runc@1.3").status());
        assertEquals(
                names("--runtime", "runc@1.1").out(),
                names("--runtime", "runc@1.1.14").out());
    }
}
