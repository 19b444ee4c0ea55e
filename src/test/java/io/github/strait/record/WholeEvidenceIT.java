package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.RequiresTool;
import io.github.strait.record.Recording.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording goes to the end of the program, or says that it does not, why, and what has become of the program. */
@RequiresTool({"strace", "gcc"})
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WholeEvidenceIT {
    private static final String KILL_THE_TRACER = """
            char b[9999];
            FILE *f = fopen("/proc/self/status", "r");
            b[fread(b, 1, 9998, f)] = 0;
            kill(atoi(strstr(b, "TracerPid:") + 10), atoi(v[1]));
            usleep(300000);
            mkdir(v[2], 0700);
            sleep(atoi(v[3]));
            return 3;
            """;

    @TempDir
    Path directory;

    @Test
    void straceSurvivesEverySignalMask() throws Exception {
        String walk = """
                for (int lo = 1; lo <= 64; lo++)
                    for (int hi = lo; hi <= 64; hi++) {
                        unsigned long set = 0, old;
                        for (int i = lo; i <= hi; i++)
                            set |= 1UL << (i - 1);
                        syscall(SYS_rt_sigprocmask, SIG_SETMASK, &set, &old, 8);
                        struct { void *handler; unsigned long flags; void *restorer; unsigned long mask; } action =
                            { SIG_DFL, 0, 0, set };
                        syscall(SYS_rt_sigaction, SIGUSR1, &action, 0, 8);
                    }
                syscall(SYS_getppid);
                return 7;
                """;
        assertEquals(new Outcome(7, "", ""), Recording.of(trace(), CProgram.of(directory, walk)));
        List<String> lines = new ArrayList<>(Files.readAllLines(trace()));
        assertEquals(
                64 * 65 / 2 * 2,
                lines.stream().filter(line -> line.contains("] rt_sig")).count());
        assertTrue(lines.stream().anyMatch(line -> line.contains("] getppid(")));
        lines.removeIf(line -> line.startsWith("# strait-imports/"));
        assertTrue(lines.get(lines.size() - 1).endsWith("+++ exited with 7 +++"));
    }

    @Test
    void saysThatTheProgramHasKilledStraceAndRunsOn() throws Exception {
        Path made = directory.resolve("made");
        String program = CProgram.of(directory, KILL_THE_TRACER);
        Outcome outcome = Recording.of(trace(), program, "9", made.toString(), "2");
        assertEquals(125, outcome.exitStatus());
        assertTrue(
                outcome.err()
                        .matches(
                                "(?s)\\S*trace: error: the evidence is incomplete, record again: strace was killed by"
                                        + " SIGKILL .*; the program still runs, untraced: process [0-9]+ \\(program\\) \\[incomplete\\]\n"),
                outcome.err());
        assertTrue(Files.readString(trace()).contains("] execve("));
        while (!Files.exists(made)) {
            Thread.sleep(20);
        }
    }

    @Test
    void saysThatStraceWasKilledWhateverTheSignal() throws Exception {
        String program = CProgram.of(directory, KILL_THE_TRACER);
        Outcome outcome =
                Recording.of(trace(), program, "11", directory.resolve("made").toString(), "0");
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("strace was killed by signal 11"), outcome.err());
    }

    @Test
    void saysThatItsRootEndedButADaemonWasLost() throws Exception {
        String script = "(sleep 0.5; kill -9 $(grep TracerPid: /proc/self/status | cut -f2); sleep 1)& exit 4";
        Outcome outcome = Recording.of(trace(), "sh", "-c", script);
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("; still running, untraced: process "), outcome.err());
    }

    @Test
    void saysThatTheTraceReachedTheLimitOnTheSizeOfFiles() throws Exception {
        List<String> line = new ArrayList<>(List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "bash"));
        line.addAll(Recording.line(trace(), "ls", "-lR", "/usr/share/doc"));
        Outcome outcome = Recording.run(Map.of(), "", line);
        assertEquals(125, outcome.exitStatus(), outcome.err());
        assertTrue(outcome.err().contains("(ulimit -f)"), outcome.err());
        assertEquals(64 << 10, Files.size(trace()));
    }

    @Test
    @RequiresTool(
            value = {"unshare", "mount"},
            asRoot = true)
    void saysThatTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        List<String> line = new ArrayList<>(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o size=1M tmpfs \"$0\" && \"$@\"; s=$?; tail -c 100 \"$0\"/trace | wc -c; exit $s",
                disk.toString()));
        line.addAll(Recording.line(disk.resolve("trace"), "sh", "-c", "ls -lR /usr/share/doc >/dev/null; exit 3"));
        Outcome outcome = Recording.run(Map.of(), "", line);
        assertEquals(125, outcome.exitStatus());
        assertTrue(
                outcome.err().contains("the disk is full, and lines are missing; the program has ended [incomplete]"));
        assertEquals("100\n", outcome.out());
    }

    @Test
    void namesAChildThatHidesFromStrace() throws Exception {
        String hide = """
                if (syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0) == 0) {
                    syscall(SYS_acct, 0);
                    _exit(0);
                }
                wait(0);
                return 0;
                """;
        Outcome outcome = Recording.of(trace(), CProgram.of(directory, hide));
        assertEquals(0, outcome.exitStatus());
        assertTrue(
                outcome.err()
                        .matches("\\S*trace:[0-9]+: warning: task [0-9]+ is made with CLONE_UNTRACED, .*"
                                + " \\[untraced-child\\]\n"),
                outcome.err());
        assertFalse(Files.readString(trace()).contains("acct("));
    }

    @Test
    void theRecordingEndsAtMaxSizeAndTheProgramGoesOn() throws Exception {
        String busy = "for (int i = 0; i < 40000; i++) syscall(SYS_getppid); mkdir(v[1], 0700); return 0;";
        Path made = directory.resolve("made");
        String program = CProgram.of(directory, busy);
        List<String> line = new ArrayList<>(Recording.program());
        line.addAll(List.of(trace().toString(), "--max-size", "20000", program, made.toString()));
        Outcome outcome = Recording.run(Map.of(), "", line);
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("the trace has reached --max-size (20000 bytes)"), outcome.err());
        assertTrue(Files.exists(made), "strait ends after the program");
        assertTrue(Files.readString(trace()).endsWith("\n"));
        assertTrue(Files.size(trace()) >= 20000);
    }

    @Test
    @RequiresTool("perl")
    void ptraceThatIsAnsweredByAKillIsNoHang() throws Exception {
        // A filter as systemd makes it: kills the process that calls ptrace (101).
        String filter =
                "use strict; my $f = pack('(SCCL)*', 0x20,0,0,0, 0x15,0,1,101, 6,0,0,0x80000000, 6,0,0,0x7fff0000);"
                        + "my $p = pack('S x![P] P', 4, $f); syscall(157, 38, 1, 0, 0, 0); syscall(317, 1, 0, $p) == 0 or die $!;"
                        + " exec @ARGV";
        List<String> line = new ArrayList<>(List.of("perl", "-e", filter, "--"));
        line.addAll(Recording.line(trace(), "true"));
        Outcome outcome = Recording.run(Map.of(), "", line);
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("SystemCallFilter= without @debug"), outcome.err());
        assertTrue(outcome.err().endsWith("[ptrace-denied]\n"), outcome.err());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
        assertFalse(
                ProcessHandle.allProcesses()
                        .anyMatch(process -> process.info()
                                .arguments()
                                .map(arguments -> List.of(arguments).toString().contains(directory + "/.strait-"))
                                .orElse(false)),
                "what strace left behind is gone");
    }

    private Path trace() {
        return directory.resolve("trace");
    }
}
