package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program and its children did, taken out of a trace of more. */
class ProgramChoiceTest {
    /**
     * A shell forks /bin/tool, which forks a child (mkdir) that executes /bin/part (rmdir); then the tool executes
     * /bin/last (unlink). The shell itself calls chdir, and a second child of it symlink.
     */
    private static final String TREE = """
            1 execve("/bin/sh", ["sh"], 0x7ffc00000000) = 0
            1 clone(child_stack=NULL, flags=SIGCHLD) = 2
            2 dup(3) = 4
            2 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
            2 getpid() = 2
            2 clone(child_stack=NULL, flags=SIGCHLD) = 3
            3 mkdir("/x", 0777) = 0
            3 execve("/bin/part", ["part"], 0x7ffc00000000) = 0
            1 chdir("/") = 0
            3 rmdir("/x") = 0
            2 execve("/bin/last", ["last"], 0x7ffc00000000) = 0
            2 unlink("/y") = 0
            2 clone(child_stack=NULL, flags=SIGCHLD) = 4
            4 link("/y", "/z") = 0
            1 clone(child_stack=NULL, flags=SIGCHLD) = 5
            5 symlink("a", "b") = 0
            5 exit_group(0) = ?
            4 exit_group(0) = ?
            3 exit_group(0) = ?
            2 exit_group(0) = ?
            1 exit_group(0) = ?
            """;

    @TempDir
    private Path directory;

    private static Evidence read(String trace, ProgramChoice choice) {
        InputStream in = new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8));
        return new EvidenceReader(Optional.empty(), Arch.X86_64, in)
                .choosing(choice)
                .read(List.of("-"));
    }

    private static ProgramChoice only(String... programs) {
        return ProgramChoice.of(List.of(programs), List.of());
    }

    private static ProgramChoice from(String... programs) {
        return ProgramChoice.of(List.of(), List.of(programs));
    }

    private static String names(Evidence evidence) {
        Set<String> names = new TreeSet<>();
        evidence.observation()
                .architectures()
                .values()
                .forEach(seen -> names.addAll(seen.syscalls().keySet()));
        return String.join(" ", names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/bin/sh    | chdir clone dup execve exit_group getpid link mkdir rmdir symlink unlink",
                "tool       | clone execve exit_group getpid mkdir rmdir",
                "/bin/tool  | clone execve exit_group getpid mkdir rmdir",
                "part       | execve exit_group rmdir",
                "/bin/last  | clone execve exit_group link unlink",
            })
    void ofAProgramItsImageAndItsChildrenAreKept(String program, String names) {
        assertEquals(names, names(read(TREE, only(program))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool      | clone execve exit_group getpid link mkdir rmdir unlink",
                "/bin/last | clone execve exit_group link unlink",
                "/bin/part | execve exit_group rmdir",
            })
    void fromAProgramOnItsTaskIsKept(String program, String names) {
        assertEquals(names, names(read(TREE, from(program))));
    }

    @Test
    void severalProgramsAreAUnion() {
        assertEquals("clone execve exit_group link rmdir unlink", names(read(TREE, only("part", "last"))));
        assertEquals(
                "clone execve exit_group link rmdir unlink",
                names(read(TREE, ProgramChoice.of(List.of("part"), List.of("last")))));
    }

    /** The lines of the others' calls are other lines, and the chosen part is another run than the whole. */
    @Test
    void theCountsAddUp() throws IOException {
        Observation whole = read(TREE, ProgramChoice.ALL).observation();
        Observation part = read(TREE, only("tool")).observation();
        assertEquals(whole.lines().total(), part.lines().total());
        long counted = part.architectures().values().stream()
                .flatMap(arch -> arch.syscalls().values().stream())
                .mapToLong(SyscallObservation::count)
                .sum();
        assertEquals(counted, part.lines().calls());
        assertNotEquals(whole.runs().get(0).id(), part.runs().get(0).id());
        assertNotEquals(
                read(TREE, from("tool")).observation().runs().get(0).id(),
                part.runs().get(0).id());
        assertEquals(Set.of(RunMark.PROGRAM_ONLY), part.runs().get(0).marks());
        byte[] json = ObservationWriter.write(part).getBytes(StandardCharsets.UTF_8);
        assertEquals(part, ObservationReader.read("f", new ByteArrayInputStream(json), note -> {}));
    }

    @Test
    void theExecveThatStartsItIsItsFirstCall() {
        SyscallObservation execve = read(TREE, only("part"))
                .observation()
                .architectures()
                .get(Arch.X86_64)
                .syscalls()
                .get("execve");
        assertEquals(1, execve.count());
        assertEquals(8, execve.first().line());
        assertEquals(ImmutableSortedSet.of("/bin/part"), execve.programs());
    }

    @Test
    void whatNothingExecutesIsNamedWithWhatIsNearest() {
        assertRefused(
                "no trace here executes 'tol'; did you mean 'tool'? executed: /bin/last, /bin/part, /bin/sh, /bin/tool",
                TREE,
                "tol");
        assertRefused("no trace here executes '/usr/bin/sh'; ", TREE, "/usr/bin/sh");
        assertRefused("no trace here executes 'sh'; no execve is shown", "read(3, \"\", 1) = 0\n", "sh");
    }

    @Test
    void aNameOfTwoProgramsIsRefused() {
        assertRefused(
                "'sh' may be any of /bin/sh, /usr/bin/sh; name one of them in full",
                TREE.replace("/bin/part", "/usr/bin/sh"),
                "sh");
    }

    private static void assertRefused(String message, String trace, String program) {
        RefusalException e = assertThrows(RefusalException.class, () -> read(trace, only(program)));
        assertEquals("no-such-program", e.diagnostic().code());
        assertTrue(e.diagnostic().message().startsWith(message), e.diagnostic().message());
    }

    /** The children in it would be guessed. */
    @Test
    void anObservationTellsNoChildren() throws IOException {
        Path file = Files.writeString(
                directory.resolve("o.json"),
                ObservationWriter.write(read(TREE, ProgramChoice.ALL).observation()));
        RefusalException e = assertThrows(
                RefusalException.class,
                () -> new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                        .choosing(only("sh"))
                        .read(List.of(file.toString())));
        assertTrue(
                e.diagnostic().message().endsWith("with: strait summarize --program PATH TRACE"),
                e.diagnostic().message());
    }

    /** vfork: the child executes before the parent learns its tid, and another task forks at that time. */
    @Test
    void aChildIsClaimedWhenItsForkReturns() {
        String trace = """
                1 execve("/bin/sh", ["sh"], 0x7ffc00000000) = 0
                1 clone(child_stack=NULL, flags=SIGCHLD) = 2
                2 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
                1 vfork( <unfinished ...>
                2 vfork( <unfinished ...>
                4 dup(3) = 4
                3 rmdir("/") = -1 EBUSY (Device or resource busy)
                4 execve("/bin/part", ["part"], 0x7ffc00000000) = 0
                3 execve("/bin/other", ["other"], 0x7ffc00000000) = 0
                2 <... vfork resumed>) = 4
                1 <... vfork resumed>) = 3
                4 unlink("/y") = 0
                3 symlink("a", "b") = 0
                4 exit_group(0) = ?
                3 exit_group(0) = ?
                2 exit_group(0) = ?
                1 exit_group(0) = ?
                """;
        Evidence evidence = read(trace, only("tool"));
        assertEquals("dup execve exit_group unlink vfork", names(evidence));
        assertEquals("", codes(evidence, "parent-unknown"));
        assertEquals("execve exit_group symlink", names(read(trace, only("other"))));
    }

    private static String codes(Evidence evidence, String code) {
        return evidence.diagnostics().stream()
                .filter(each -> each.code().equals(code))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    /** In a pid namespace forks return other numbers than the tids of lines. */
    @Test
    void aTaskThatIsNobodysChildIsLeftOutWithAWarning() {
        String trace = """
                1 execve("/bin/sh", ["sh"], 0x7ffc00000000) = 0
                1 clone(child_stack=NULL, flags=SIGCHLD) = 2
                2 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
                1 clone(child_stack=NULL, flags=SIGCHLD) = 7
                2 clone(child_stack=NULL, flags=SIGCHLD) = 8
                31 mkdir("/x", 0777) = 0
                32 rmdir("/x") = 0
                """;
        Evidence evidence = read(trace, only("tool"));
        assertEquals("clone execve", names(evidence));
        assertTrue(
                codes(evidence, "parent-unknown").startsWith("-:6: warning: 2 calls are left out, the first here: "),
                codes(evidence, "parent-unknown"));
        // all that may be its parent are of one kind
        String alone = trace.replace("1 clone(child_stack=NULL, flags=SIGCHLD) = 7\n", "");
        assertEquals("clone execve mkdir rmdir", names(read(alone, only("tool"))));
    }

    /** A thread that executes a program does so for its process. */
    @Test
    void aThreadsExecveReplacesTheProgram() {
        String trace = """
                1 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
                1 clone(child_stack=0x7f0000000000, flags=CLONE_VM|CLONE_THREAD) = 2
                2 execve("/bin/last", ["last"], 0x7ffc00000000 <unfinished ...>
                1 +++ superseded by execve in pid 2 +++
                1 <... execve resumed>) = 0
                1 unlink("/y") = 0
                1 exit_group(0) = ?
                """;
        assertEquals("clone execve", names(read(trace, only("tool"))));
        assertEquals("clone execve exit_group unlink", names(read(trace, from("tool"))));
        assertEquals("execve exit_group unlink", names(read(trace, only("last"))));
    }

    @Test
    void aSetOfFilesHasTheSameChildren() throws IOException {
        for (String tid : List.of("1", "2", "3", "4", "5")) {
            String lines = TREE.lines()
                    .filter(line -> line.startsWith(tid + " "))
                    .map(line -> line.substring(2) + "\n")
                    .collect(Collectors.joining());
            Files.writeString(directory.resolve("t." + tid), lines);
        }
        for (String program : List.of("tool", "part", "last", "sh")) {
            Evidence evidence = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                    .choosing(only(program))
                    .read(List.of(directory.resolve("t").toString()));
            assertEquals(names(read(TREE, only(program))), names(evidence), program);
        }
    }

    @Test
    void aContainerRuntimeBeforeTheProgramIsNamed() {
        String trace = """
                1 execve("/usr/bin/runc", ["runc"], 0x7ffc00000000) = 0
                1 clone(child_stack=NULL, flags=CLONE_PARENT|SIGCHLD) = 2
                2 mount("", "/", NULL, MS_REC, NULL) = 0
                2 pivot_root(".", "." <unfinished ...>
                1 getpid() = 1
                2 <... pivot_root resumed>) = 0
                2 execve("/docker-entrypoint.sh", ["x"], 0x7ffc00000000) = 0
                2 getppid() = 1
                2 exit_group(0) = ?
                1 exit_group(0) = ?
                """;
        Evidence evidence = read(trace, ProgramChoice.ALL);
        assertEquals(
                "-:7: warning: a container runtime starts /docker-entrypoint.sh here, and its own calls before, such as"
                        + " mount and pivot_root, are in this evidence; keep the container's alone with: --from-program"
                        + " /docker-entrypoint.sh [container-runtime]",
                codes(evidence, "container-runtime"));
        assertEquals(
                Set.of(RunMark.CONTAINER_RUNTIME),
                evidence.observation().runs().get(0).marks());
        Evidence chosen = read(trace, from("docker-entrypoint.sh"));
        assertEquals("", codes(chosen, "container-runtime"));
        assertEquals("execve exit_group getppid", names(chosen));
        assertEquals("", codes(read(trace.replace("pivot_root", "chroot"), ProgramChoice.ALL), "container-runtime"));
    }

    private static String leftOut(Evidence evidence) {
        return evidence.leftOut().map(Object::toString).orElse("");
    }

    @Test
    void whatIsLeftOutIsCountedByProgram() {
        assertEquals("", leftOut(read(TREE, ProgramChoice.ALL)));
        assertEquals("", leftOut(read(TREE, from("/bin/sh"))));
        assertEquals(
                "strait: note: 8 of 21 calls are left out, of programs that were not chosen: /bin/sh; 3 calls are not made"
                        + " otherwise: chdir dup symlink [left-out]",
                leftOut(read(TREE, from("tool"))));
        assertEquals(
                "strait: note: 13 of 21 calls are left out, of programs that were not chosen: /bin/sh, /bin/last; 5 calls"
                        + " are not made otherwise: chdir dup link symlink unlink [left-out]",
                leftOut(read(TREE, only("tool"))));
    }

    /** A trace in which the program does not run counts for nothing, and is named; it is an error if none shows it. */
    @Test
    void aRunWithoutTheProgramIsLeftOutWhole() throws IOException {
        Path one = Files.writeString(directory.resolve("one.strace"), TREE);
        Path other = Files.writeString(directory.resolve("other.strace"), TREE.replace("/bin/part", "/bin/rest"));
        Evidence evidence = new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .choosing(from("part"))
                .read(List.of(one.toString(), other.toString()));
        assertEquals("execve exit_group rmdir", names(evidence));
        assertEquals(1, evidence.observation().runs().size());
        assertTrue(
                leftOut(evidence).contains("; 1 of 2 runs executed no chosen program and is left out whole; "),
                leftOut(evidence));
    }

    /** A number that is used again is another task, which begins as its own parent's child. */
    @Test
    void aTaskWithTheNumberOfAnotherIsNotItsChild() {
        String trace = """
                1 execve("/bin/sh", ["sh"], 0x7ffc00000000) = 0
                1 clone3({flags=CLONE_VM|CLONE_VFORK, exit_signal=SIGCHLD}, 88) = 2
                2 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
                2 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD}, 88) = 3
                3 rmdir("/x") = 0
                3 exit(0) = ?
                3 +++ exited with 0 +++
                2 exit_group(0) = ?
                2 +++ exited with 0 +++
                1 clone(child_stack=NULL, flags=SIGCHLD) = 2
                2 mkdir("/x", 0777) = 0
                2 exit_group(0) = ?
                2 +++ exited with 0 +++
                1 clone(child_stack=NULL, flags=SIGCHLD) = 3
                3 symlink("a", "b") = 0
                3 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
                3 unlink("/y") = 0
                3 exit_group(0) = ?
                1 exit_group(0) = ?
                """;
        assertEquals("clone3 execve exit exit_group rmdir unlink", names(read(trace, from("tool"))));
        assertEquals(
                "strait: note: 8 of 16 calls are left out, of programs that were not chosen: /bin/sh; 3 calls are not made"
                        + " otherwise: clone mkdir symlink [left-out]",
                leftOut(read(trace, from("tool"))));
    }

    /** A search along PATH fails before it finds the program, and an entrypoint may execute itself again. */
    @Test
    void aProgramBeginsWhereItsExecveSucceeds() {
        String trace = """
                1 execve("/entry.sh", ["/entry.sh"], 0x7ffc00000000) = 0
                1 chdir("/") = 0
                1 execve("/entry.sh", ["/entry.sh"], 0x7ffc00000000) = 0
                1 execve("/usr/local/bin/app", ["app"], 0x7ffc00000000) = -1 ENOENT (No such file or directory)
                1 getppid() = 0
                1 execve("/usr/bin/app", ["app"], 0x7ffc00000000) = 0
                1 getpid() = 1
                1 exit_group(0) = ?
                """;
        assertEquals("execve exit_group getpid", names(read(trace, from("app"))));
        assertEquals("chdir execve exit_group getpid getppid", names(read(trace, from("/entry.sh"))));
        assertEquals(
                "no trace here executes '/usr/local/bin/app'; did you mean 'app'? executed: /entry.sh, /usr/bin/app",
                assertThrows(RefusalException.class, () -> read(trace, from("/usr/local/bin/app")))
                        .diagnostic()
                        .message());
    }

    /** A trace that begins later shows the program only if it is executed then. */
    @Test
    void anAttachedTraceCountsFromTheExecveThatItShows() {
        String trace = """
                7 read(3, "", 1) = 0
                7 clone(child_stack=NULL, flags=SIGCHLD) = 8
                8 execve("/bin/tool", ["tool"], 0x7ffc00000000) = 0
                8 rmdir("/x") = 0
                8 exit_group(0) = ?
                7 read(3, "", 1) = 0
                """;
        assertEquals("execve exit_group rmdir", names(read(trace, from("tool"))));
        assertEquals(
                "strait: note: 3 of 6 calls are left out, of programs that were not chosen: (unknown); 2 calls are not made"
                        + " otherwise: clone read [left-out]",
                leftOut(read(trace, from("tool"))));
    }

    @Test
    void aHostileNameIsTextAlone() {
        String trace = """
                1 execve("/bin/sh", ["sh"], 0x7ffc00000000) = 0
                1 execve("/opt/\\33[31m \\") = 0\\n1 mount(\\"", ["x"], 0x7ffc00000000) = 0
                1 getpid() = 1
                1 exit_group(0) = ?
                """;
        assertEquals("execve exit_group getpid", names(read(trace, from("/opt/\33[31m \") = 0\n1 mount(\""))));
        String message = assertThrows(RefusalException.class, () -> read(trace, from("\33[2J")))
                .diagnostic()
                .message();
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        assertTrue(message.startsWith("no trace here executes '\\x1b[2J'"), message);
    }
}
