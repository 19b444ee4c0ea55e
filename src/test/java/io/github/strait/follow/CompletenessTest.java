package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.evidence.Corpus;
import io.github.strait.evidence.CorpusRow;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Omission;
import io.github.strait.observation.RunWarnings;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.AttachedProgram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trace shows to be missing, by the way in which it came to be so. */
class CompletenessTest {
    private static final String EXEC = "7 execve(\"/bin/a\", [\"a\"], 0x7ffc1abc7448 /* 4 vars */) = 0\n";
    private static final String END = "7 exit_group(0) = ?\n7 +++ exited with 0 +++\n";
    private static final String WHOLE = EXEC + "7 brk(NULL) = 0x558afa6c7000\n" + END;

    @TempDir
    Path directory;

    private static Completeness of(Evidence evidence) {
        return evidence.observation().runs().get(0).completeness().orElseThrow();
    }

    private static List<String> omissions(String trace) {
        return Observing.omissions(Observing.text(trace));
    }

    /** The warning about an omission, without its remediation. */
    private static String said(String trace, Omission omission) {
        return Observing.text(trace).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(omission.label()))
                .map(Diagnostic::toString)
                .findFirst()
                .orElse("nothing");
    }

    private static Evidence recording(String trace) {
        return new Corpus.Recording(trace, Arch.X86_64, Map.of()).read(Optional.empty());
    }

    @Test
    void aTraceFromExecveToTheLastExitIsWhole() {
        Completeness known = of(Observing.text(WHOLE));
        assertTrue(known.isWhole());
        assertEquals(1, known.tasks());
    }

    @Test
    void tasksThatNeverEndAreCountedAndNamed() {
        String trace = EXEC + "7 clone(child_stack=NULL, flags=SIGCHLD) = 8\n8 brk(NULL) = 0x558afa6c7000\n";
        assertTrue(
                said(trace, Omission.TASKS_UNENDED)
                        .startsWith("-:3: warning: 2 of 2 tasks had not ended when the trace ends (tasks 7, 8)"),
                said(trace, Omission.TASKS_UNENDED));
        assertTrue(said(trace + "8 exit_group(0) = ?\n", Omission.TASKS_UNENDED)
                .startsWith("-:4: warning: 1 of 2 tasks had not ended when the trace ends (task 7)"));
    }

    /** As with -q, -qq and an old strace; a task that is left may be a thread whose process has exited. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 close(3) = 0\n7 exit_group(0) = ?\n",
                "7 close(3) = 0\n7 exit_group(0 <unfinished ...>\n",
                "7 clone(child_stack=0x7f, flags=CLONE_VM|CLONE_THREAD) = 8\n8 close(3) = 0\n8 exit_group(0) = ?\n",
                "7 clone(0x10100, 0x7f) = 8\n8 close(3) = 0\n8 exit_group(0) = ?\n",
                "7 close(3) = 0\n7 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=1, si_uid=0} ---\n"
            })
    void noMarkersOfEndsAreNoAlarmWhereTheProgramExited(String end) {
        assertEquals(List.of(), omissions(EXEC + end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 close(3) = 0\n",
                // of another process
                "7 clone(child_stack=NULL, flags=SIGCHLD) = 8\n8 close(3) = 0\n8 exit_group(0) = ?\n",
                "7 close(3) = 0\n7 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=8} ---\n"
            })
    void noMarkersOfEndsAreAnAlarmWhereItDidNot(String end) {
        assertEquals(List.of("tasks-unended"), omissions(EXEC + end));
    }

    /** Cut at any byte of the last lines, a trace is not whole, unless only the very end is gone. */
    @Test
    void aTraceIsCutAtWhateverByte() {
        String trace = EXEC + "7 brk(NULL) = 0x558afa6c7000\n7 openat(AT_FDCWD, \"/etc/hosts\", O_RDONLY) = 3\n" + END;
        int exits = trace.indexOf(" = ?\n");
        for (int length = EXEC.length(); length < exits; length++) {
            String cut = trace.substring(0, length);
            List<String> omissions = omissions(cut);
            assertTrue(omissions.contains("tasks-unended"), cut);
            assertEquals(!cut.endsWith("\n"), omissions.contains("lines-cut"), cut);
        }
        for (int length = exits + 5; length <= trace.length(); length++) {
            assertEquals(List.of(), omissions(trace.substring(0, length)));
        }
    }

    @Test
    void aLineThatIsCutInTheMiddleIsTold() {
        String trace = EXEC + "7 poll([{fd=3, events=PO\n7 brk(NULL) = 0x558afa6c7000\n" + END;
        assertTrue(said(trace, Omission.LINES_CUT).startsWith("-:2: warning: 1 line ends in the middle: "));
        String last = EXEC + "7 close(3) = 0\n7 poll([{fd=3, events=PO\n";
        assertTrue(
                said(last, Omission.LINES_CUT).startsWith("-:3: warning: 1 line ends in the middle: "),
                said(last, Omission.LINES_CUT));
    }

    @Test
    void anAttachedProgramLacksItsStart() {
        String trace = "7 restart_syscall(<... resuming interrupted poll ...>) = 0\n7 close(3) = 0\n" + END;
        assertTrue(
                said(trace, Omission.START_MISSING)
                        .startsWith("-:1: warning: no execve at the start: strace was attached"),
                said(trace, Omission.START_MISSING));
        assertTrue(said(trace, Omission.START_MISSING).contains("arch_prctl, set_tid_address"));
    }

    @Test
    void aStartThatAnotherTraceShowsIsANote() throws IOException {
        Path start = Files.writeString(directory.resolve("start"), WHOLE);
        Path attached = Files.writeString(directory.resolve("attached"), "7 close(3) = 0\n" + END);
        List<Severity> severities = new ArrayList<>();
        Observing.files(attached, start).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals("start-missing"))
                .forEach(diagnostic -> severities.add(diagnostic.severity()));
        assertEquals(List.of(Severity.NOTE), severities);
    }

    /** The start of another program is none. */
    @Test
    void aStartCountsForItsOwnProgram() throws IOException {
        Path start = Files.writeString(directory.resolve("start"), WHOLE);
        String program = String.valueOf(Observing.call(Observing.text(WHOLE), Arch.X86_64, "exit_group")
                .programs()
                .first());
        for (String name : List.of(program, program + "3.11", "/usr/sbin/other")) {
            Path attached = Files.writeString(
                    directory.resolve("attached"), AttachedProgram.line(7, name) + "\n7 close(3) = 0\n" + END);
            Severity said = Observing.files(attached, start).diagnostics().stream()
                    .filter(diagnostic -> diagnostic.code().equals("start-missing"))
                    .findFirst()
                    .orElseThrow()
                    .severity();
            assertEquals(name.endsWith("other") ? Severity.WARNING : Severity.NOTE, said, name);
        }
    }

    @Test
    void anAttachedTaskIsNoTaskBeforeItsExecve() {
        Evidence attached = Observing.text("7 getpid() = 7\n7 arch_prctl(ARCH_SET_FS, 0x7f8000000000) = 0\n" + END);
        assertEquals(
                List.of("(unknown, attached)"),
                List.copyOf(Observing.call(attached, Arch.X86_64, "getpid").programs()));
        assertEquals(
                List.of(""),
                List.copyOf(Observing.call(Observing.text(WHOLE), Arch.X86_64, "execve")
                        .programs()));
    }

    @Test
    void halvesWithoutTheOtherAreTold() {
        String noEnd = EXEC + "7 read(3,  <unfinished ...>\n7 brk(NULL) = 0x558afa6c7000\n" + END;
        assertTrue(
                said(noEnd, Omission.HALVES_MISSING)
                        .startsWith("-:3: warning: 1 call lacks a half, the end of read is missing"),
                said(noEnd, Omission.HALVES_MISSING));
        String noBeginning = EXEC + "7 brk(NULL) = 0x558afa6c7000\n7 <... read resumed>\"\", 1) = 0\n" + END;
        assertTrue(
                said(noBeginning, Omission.HALVES_MISSING).contains("the beginning of read is missing"),
                said(noBeginning, Omission.HALVES_MISSING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // killed while it waits
                "7 read(3,  <unfinished ...>\n"
                        + "7 <... read resumed> <unfinished ...>) = ?\n"
                        + "7 +++ killed by SIGKILL +++\n",
                "7 read(3,  <unfinished ...>\n7 +++ killed by SIGKILL +++\n",
                "7 ????( <unfinished ...>\n7 <... getppid resumed>)            = ?\n7 +++ killed by SIGKILL +++\n"
            })
    void aTaskThatIsKilledInACallLacksNothing(String end) {
        assertEquals(List.of(), omissions(EXEC + end));
    }

    @Test
    void aChildThatNeverShowsIsNamed() {
        String trace = EXEC + "7 clone(child_stack=NULL, flags=SIGCHLD) = 8\n8 close(3) = 0\n8 +++ exited with 0 +++\n"
                + "7 clone(child_stack=NULL, flags=SIGCHLD) = 9\n" + END;
        assertTrue(
                said(trace, Omission.CHILDREN_MISSING)
                        .startsWith("-:5: warning: child 9 was made here, and the trace has no line of it"),
                said(trace, Omission.CHILDREN_MISSING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clone(child_stack=NULL, flags=CLONE_UNTRACED|SIGCHLD) = 9",
                "clone(child_stack=NULL, flags=0x800000 /* CLONE_UNTRACED */|17) = 9",
                "clone(0x800011, 0, 0, 0, 0) = 9",
                "clone3({flags=CLONE_UNTRACED, exit_signal=SIGCHLD, stack=NULL, stack_size=0}, 88) = 9",
                "clone3({flags=0x800000, exit_signal=17, stack=NULL, stack_size=0}, 88) = 9"
            })
    void aChildThatIsHiddenFromStraceIsNamedWithTheFlag(String clone) {
        String trace = EXEC + "7 fork() = 8\n8 close(3) = 0\n8 +++ exited with 0 +++\n7 " + clone + "\n" + END;
        assertTrue(
                said(trace, Omission.CHILDREN_MISSING)
                        .startsWith("-:5: warning: child 9 (CLONE_UNTRACED) was made here"),
                said(trace, Omission.CHILDREN_MISSING));
        assertTrue(said(EXEC + "7 " + clone + "\n" + END, Omission.CHILDREN_MISSING)
                .startsWith("-:2: warning: child 9 (CLONE_UNTRACED) was made here"));
        assertTrue(said(EXEC + "7 fork() = 8\n7 " + clone + "\n" + END, Omission.CHILDREN_MISSING)
                .contains("2 calls made a child"));
    }

    @Test
    void manyMissingChildrenAreOneWarning() {
        StringBuilder trace = new StringBuilder(EXEC).append("7 fork() = 8\n8 close(3) = 0\n8 +++ exited with 0 +++\n");
        for (int tid = 1000; tid < 6000; tid++) {
            trace.append("7 fork() = ").append(tid).append('\n');
        }
        Evidence evidence = Observing.text(trace + END);
        assertEquals(
                1,
                Observing.omissions(evidence).stream()
                        .filter("children-missing"::equals)
                        .count());
        Completeness.Sign sign = of(evidence).signs().get(Omission.CHILDREN_MISSING);
        assertEquals(5000, sign.count());
        assertEquals(3, sign.first().size());
        assertTrue(
                said(trace + END, Omission.CHILDREN_MISSING)
                        .contains("child 1000 was made here, 1001 at line 6, 1002 at line 7 and"
                                + " 4997 more, and the trace has no line of them"),
                said(trace + END, Omission.CHILDREN_MISSING));
    }

    /** The children of a pid namespace have other numbers there, which set_tid_address or the flag of clone shows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1007 execve(\"/bin/sh\", [\"sh\"], 0x7ffc1abc7448 /* 4 vars */) = 0\n"
                        + "1007 set_tid_address(0x7f0000000000) = 1\n"
                        + "1007 fork() = 2\n"
                        + "1008 close(3) = 0\n"
                        + "1008 +++ exited with 0 +++\n"
                        + "1007 exit_group(0) = ?\n"
                        + "1007 +++ exited with 0 +++\n",
                "1007 fork() = 2\n1008 close(3) = 0\n1008 +++ exited with 0 +++\n1007 exit_group(0) = ?\n"
                        + "1007 +++ exited with 0 +++\n"
            })
    void aNumberOfAnotherNamespaceIsNoMissingChild(String inside) {
        String outside = EXEC + "7 clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD) = 1007\n";
        assertEquals(List.of(), omissions(outside + inside + END));
    }

    @Test
    void aTidThatIsUsedAgainIsEachTimeAnotherTask() {
        String child = "7 fork() = 8\n8 close(3) = 0\n8 exit_group(0) = ?\n8 +++ exited with 0 +++\n";
        assertEquals(List.of(), omissions(EXEC + child.repeat(3) + END));
        assertEquals(4, of(Observing.text(EXEC + child.repeat(3) + END)).tasks());
        assertEquals(List.of("children-missing"), omissions(EXEC + child.repeat(3) + "7 fork() = 8\n" + END));
    }

    @Test
    void aFileThatIsMissingFromASetIsNamed() throws IOException {
        set("7", EXEC.replace("7 ", "") + "fork() = 8\nfork() = 9\n" + END.replace("7 ", ""));
        set("8", "close(3) = 0\nexit_group(0) = ?\n+++ exited with 0 +++\n");
        Evidence evidence = Observing.files(directory.resolve("t"));
        assertEquals(List.of("children-missing"), Observing.omissions(evidence));
        assertTrue(
                evidence.diagnostics().stream().anyMatch(each -> each.message().startsWith("child 9 was made here")),
                evidence.diagnostics().toString());
        set("9", "close(3) = 0\nexit_group(0) = ?\n+++ exited with 0 +++\n");
        assertEquals(List.of(), Observing.omissions(Observing.files(directory.resolve("t"))));
    }

    @Test
    void aFileThatStraceWroteOverIsTold() throws IOException {
        set("7", EXEC.replace("7 ", "") + "fork() = 8\n".repeat(5) + END.replace("7 ", ""));
        set("8", "close(3) = 0\nexit_group(0) = ?\n+++ exited with 0 +++\n");
        Evidence evidence = Observing.files(directory.resolve("t"));
        assertEquals(List.of("files-overwritten"), Observing.omissions(evidence));
        assertTrue(
                evidence.diagnostics().stream()
                        .anyMatch(each -> each.message().startsWith("tid 8 was given to 5 tasks")),
                evidence.diagnostics().toString());
        assertEquals(4, of(evidence).signs().get(Omission.FILES_OVERWRITTEN).count());
    }

    @Test
    void aFileOfASetThatIsCutIsTheOneThatIsTold() throws IOException {
        set("7", EXEC.replace("7 ", "") + "fork() = 8\n" + END.replace("7 ", ""));
        set("8", "close(3) = 0\nopenat(AT_FDC");
        Evidence evidence = Observing.files(directory.resolve("t"));
        assertEquals(
                List.of("lines-cut", "tasks-unended"),
                Observing.omissions(evidence).stream().sorted().toList());
        evidence.diagnostics().stream()
                .filter(each -> Omission.find(each.code()).isPresent())
                .forEach(each -> assertEquals(
                        directory.resolve("t.8") + ":2", String.valueOf(each.position()), each.toString()));
    }

    private void set(String tid, String text) throws IOException {
        Files.writeString(directory.resolve("t." + tid), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 poll(NULL, 0, 300 <detached ...>|-:2: warning: strace detached here while 1 of 1 tasks ran",
                "strace: Process 7 detached|-:2: warning: strace detached here while 1 of 1 tasks ran",
                "Process 7 detached|-:2: warning: strace detached here",
                "strace: System call limit has been reached, detaching tracees|-:2: warning: strace detached here"
            })
    void tasksThatStraceLetGoAreTold(String line, String said) {
        String trace = EXEC + line + "\n";
        assertTrue(said(trace, Omission.DETACHED).startsWith(said), said(trace, Omission.DETACHED));
        assertFalse(omissions(trace).contains("tasks-unended"), "one cause, one warning");
    }

    /** Up to 4.6 strace said so of each task that ended. */
    @Test
    void aTaskThatHasEndedIsNotLetGo() {
        String trace =
                EXEC + "7 fork() = 8\nProcess 8 attached\n8 close(3) = 0\n8 exit_group(0) = ?\nProcess 8 detached\n"
                        + "7 exit_group(0) = ?\n";
        assertEquals(List.of(), omissions(trace));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/strace: sprintsigmask_n: got unexpected return value 2 for snprintf(buf, 1, (\"%u\"), i)",
                "strace: out of memory",
                "strace: ptrace(PTRACE_LISTEN, 12): Input/output error"
            })
    void aFailureOfStracesIsTold(String line) {
        String said = said(EXEC + line + "\n", Omission.STRACE_FAILED);
        assertTrue(said.startsWith("-:2: warning: strace failed: " + line.substring(line.indexOf(": ") + 2)), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strace: Process 8 attached",
                "strace: Requested path 'a' resolved into '/a'",
                "strace: Exit of unknown pid 9 ignored",
                "my strace: a note",
                "strace: ptrace(PTRACE_SYSCALL): No such process"
            })
    void otherMessagesAreNoFailure(String line) {
        assertFalse(omissions(EXEC + line + "\n" + END).contains("strace-failed"));
    }

    /** What the recordings are is in their manifest: all that strace saw to their end are whole. */
    @Test
    void noRecordingThatIsWholeRaisesAnAlarm() {
        Map<String, List<String>> alarms = new TreeMap<>();
        List<Corpus.Recording> all = Stream.concat(Corpus.kernel().stream(), Corpus.strace().stream())
                .toList();
        for (Corpus.Recording recording : all) {
            List<String> omissions = Observing.omissions(recording.read(Optional.of(recording.machine())));
            if (!omissions.isEmpty()) {
                alarms.put(recording.trace(), omissions);
            }
        }
        assertEquals(Map.of(), alarms);
        assertTrue(all.size() > 150, all.size() + " recordings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "killed-strace-4.10:tasks-unended lines-cut",
                "killed-strace-7.2:tasks-unended lines-cut",
                "cut-mid:tasks-unended lines-cut start-missing",
                "attach-all-7.2:tasks-unended start-missing",
                "attach-f-err-4.10:detached start-missing",
                "attach-f-err-6.1:detached start-missing",
                "attach-f-o-4.26:detached start-missing",
                "attach-nof-o-7.2:detached start-missing",
                "attach32-f-o-7.2:detached start-missing",
                "opt-b-execve:detached",
                "opt-nof-err:children-missing",
                "opt-trace-file:calls-missing",
                "opt-z:calls-missing",
                // all statuses were asked for, and the kernel counted the same
                "status-detached:''",
                "bom-nonl:''",
                "opt-pidns:''",
                "opt-qq:''"
            })
    void recordingsLackWhatTheManifestSays(String name, String omissions) {
        Completeness known = of(recording("kernel/" + name + ".log.zst"));
        assertEquals(
                omissions.replace("'", ""),
                String.join(
                        " ",
                        known.signs().keySet().stream().map(Omission::label).toList()));
    }

    /** One path leads from the observation to the warnings, so that none is lost in a file. */
    @Test
    void anObservationSaysWhatItsTraceSays() throws IOException {
        List<String> traces = new ArrayList<>(List.of(
                EXEC + "7 frobnicate(1) = 0\n7 [  59] brk(NULL) = 0\n7 fork() = 9\n7 read(3, \"",
                "[pid 7] poll(NULL, 0, 300 <detached ...>\n",
                "read(3, \"x\", 1) = 1\n+++ exited with 0 +++\n"));
        for (CorpusRow row : Corpus.manifest()) {
            if (row.trace().endsWith(".zst") && !row.trace().contains("trace-none")) {
                traces.add("kernel/" + row.trace());
            }
        }
        for (String trace : traces) {
            Evidence evidence = trace.startsWith("kernel/") ? recording(trace) : Observing.text(trace);
            byte[] json = ObservationWriter.write(evidence.observation()).getBytes(StandardCharsets.UTF_8);
            Observation read = ObservationReader.read("f", new ByteArrayInputStream(json), note -> {});
            assertEquals(evidence.observation(), read, trace);
            List<String> told = RunWarnings.of(read).stream()
                    .map(Diagnostic::toString)
                    .sorted()
                    .toList();
            assertEquals(
                    evidence.diagnostics().stream()
                            .map(Diagnostic::toString)
                            .sorted()
                            .toList(),
                    told,
                    trace);
        }
    }

    @Test
    void comparesTheProgramsOfManyRunsInBoundedTime() {
        StringBuilder trace = new StringBuilder();
        for (int i = 1; i <= 12_000; i++) {
            String tid = i + 10 + " ";
            trace.append(tid)
                    .append("execve(\"/bin/a")
                    .append(i)
                    .append("\", [\"a\"], 0x7ffc1abc7448 /* 4 vars */) = 0\n");
            trace.append(tid).append("exit_group(0) = ?\n").append(tid).append("+++ exited with 0 +++\n");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertEquals(12_000, omissions(trace.toString()).size()));
    }
}
