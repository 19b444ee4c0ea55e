package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Run;
import io.github.strait.observation.RuntimePart;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container's runtime calls is kept apart from what its program calls. */
class HandoverTest {
    private static final Path TRACES = Path.of("src/test/resources/io/github/strait/follow");
    private static final String HEADER = "# strait-recording/1 {\"kind\":\"container\"}\n";

    /** What a static busybox calls for echo. */
    private static final Set<String> ECHO = Set.of(
            "arch_prctl",
            "brk",
            "execve",
            "exit_group",
            "getrandom",
            "getuid",
            "mprotect",
            "prctl",
            "prlimit64",
            "readlink",
            "rseq",
            "set_robust_list",
            "set_tid_address",
            "write");

    @Test
    void runcIsManyThreadsUntilItsExecve() throws IOException {
        Run run = only(Files.readString(TRACES.resolve("container-runc.strace")));
        assertEquals(ECHO, names(run));
        RuntimePart runtime = run.runtime().orElseThrow();
        assertFalse(runtime.showsFilter());
        assertTrue(counts(runtime).keySet().containsAll(Set.of("close", "fstatfs", "futex", "getdents64", "openat")));
        assertEquals(0, filtered(runtime).size());
        assertTrue(run.completeness().orElseThrow().isWhole(), run::toString);
        assertEquals(List.of(), run.completeness().orElseThrow().warnings());
    }

    @Test
    void crunWithNoNewPrivilegesShowsItsFilter() throws IOException {
        Run run = only(Files.readString(TRACES.resolve("container-crun-no-new-privs.strace")));
        RuntimePart runtime = run.runtime().orElseThrow();
        assertTrue(runtime.showsFilter());
        assertEquals(
                Map.of("close", 2L, "execve", 1L, "lseek", 1L, "pselect6", 1L, "read", 2L, "seccomp", 1L, "statx", 1L),
                counts(runtime));
        assertEquals(Map.of("close", 1L, "execve", 1L), filtered(runtime));
        assertFalse(names(run).contains("pselect6"), run::toString);
        assertTrue(run.completeness().orElseThrow().isWhole(), run::toString);
    }

    @Test
    void aSessionBeginsWhereItsTaskHasEnteredTheContainer() throws IOException {
        Run run = only(Files.readString(TRACES.resolve("exec-crun.strace")));
        // a shell that forks ls
        assertEquals(
                Sets.union(
                        ECHO,
                        Set.of(
                                "clone",
                                "close",
                                "dup2",
                                "fcntl",
                                "getcwd",
                                "getdents64",
                                "getpid",
                                "getppid",
                                "ioctl",
                                "newfstatat",
                                "openat",
                                "rt_sigaction",
                                "rt_sigreturn",
                                "uname",
                                "wait4")),
                names(run));
        assertTrue(counts(run.runtime().orElseThrow()).containsKey("setns"), run::toString);
        assertTrue(run.completeness().orElseThrow().isWhole(), run::toString);
    }

    /** Children of a runtime are its own, such as hooks; children of the program are the program's. */
    @Test
    void aHookIsTheRuntimesAndAChildTheProgrammes() {
        Run run = only(HEADER + """
                1 read(3, ""..., 1) = 1
                1 fork() = 2
                2 execve("/bin/hook", [...], 0x7ffc00000000) = 0
                2 mkdir("/x", 0777) = 0
                2 exit_group(0) = ?
                2 +++ exited with 0 +++
                1 execve("/bin/app", [...], 0x7ffc00000000) = 0
                1 brk(NULL) = 0x55555555
                1 fork() = 3
                3 rmdir("/x") = 0
                3 exit_group(0) = ?
                3 +++ exited with 0 +++
                1 exit_group(0) = ?
                1 +++ exited with 0 +++
                """);
        assertEquals(Set.of("brk", "execve", "exit_group", "fork", "rmdir"), names(run));
        assertEquals(
                Map.of("execve", 2L, "exit_group", 1L, "fork", 1L, "mkdir", 1L, "read", 1L),
                counts(run.runtime().orElseThrow()));
    }

    /** An execve that fails does not hand over, and neither does one that is tried again. */
    @Test
    void onlySuccessHandsOver() {
        Run run = only(HEADER + """
                1 execve("/usr/bin/app", [...], 0x7ffc00000000) = -1 ENOENT (No such file or directory)
                1 close(3) = 0
                1 execve("/bin/app", [...], 0x7ffc00000000) = 0
                1 brk(NULL) = 0x55555555
                1 exit_group(0) = ?
                1 +++ exited with 0 +++
                """);
        assertEquals(Set.of("brk", "execve", "exit_group"), names(run));
        assertEquals(Map.of("close", 1L, "execve", 2L), counts(run.runtime().orElseThrow()));
    }

    @Test
    void aContainerThatNeverStartsIsSaid() {
        Run run = only(HEADER + """
                1 read(3, ""..., 1) = 0
                1 exit_group(1) = ?
                1 +++ exited with 1 +++
                """);
        assertEquals(Set.of(), names(run));
        assertTrue(run.completeness().orElseThrow().isWhole(), run::toString);
        assertEquals(
                List.of("no-program"),
                run.completeness().orElseThrow().warnings().stream()
                        .map(Diagnostic::code)
                        .toList());
    }

    /** Without the header, a trace is read as ever. */
    @Test
    void nothingIsApartWithoutAHeader() throws IOException {
        String trace = Files.readString(TRACES.resolve("container-runc.strace"));
        Run run = only(trace.substring(trace.indexOf('\n') + 1));
        assertEquals(Optional.empty(), run.runtime());
        assertTrue(names(run).contains("fstatfs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"container-runc", "container-crun-no-new-privs", "exec-crun"})
    void theObservationReadsBack(String name) throws IOException {
        Observation observation =
                read(Files.readString(TRACES.resolve(name + ".strace"))).observation();
        String json = ObservationWriter.write(observation);
        assertTrue(json.contains("\"runtime\""));
        assertEquals(
                observation,
                ObservationReader.read(
                        "o.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), note -> {}));
    }

    private static Evidence read(String trace) {
        return new EvidenceReader(
                        Optional.empty(), Arch.X86_64, new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)))
                .read(List.of("-"));
    }

    private static Run only(String trace) {
        List<Run> runs = read(trace).observation().runs();
        assertEquals(1, runs.size());
        return runs.get(0);
    }

    private static Set<String> names(Run run) {
        return run.architectures().containsKey(Arch.X86_64)
                ? run.architectures().get(Arch.X86_64).syscalls().keySet()
                : Set.of();
    }

    private static Map<String, Long> counts(RuntimePart runtime) {
        return new TreeMap<>(Maps.transformValues(runtime.calls().get(Arch.X86_64), RuntimePart.Call::count));
    }

    private static Map<String, Long> filtered(RuntimePart runtime) {
        return new TreeMap<>(Maps.filterValues(
                Maps.transformValues(runtime.calls().get(Arch.X86_64), RuntimePart.Call::filtered),
                count -> count > 0));
    }
}
