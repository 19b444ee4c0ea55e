package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.evidence.Corpus;
import io.github.strait.observation.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallFilterTest {
    private static final String CODE = "calls-missing";

    private static List<Diagnostic> missing(String... lines) {
        return Observing.lines(lines).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(CODE))
                .toList();
    }

    @Test
    void showThatCallsWereLeftOut() {
        List<Diagnostic> told = missing(
                "7 openat(AT_FDCWD, \"/etc/hosts\", O_RDONLY) = 3",
                "7 +++ exited with 0 +++",
                "8 close(3) = 0",
                "8 +++ exited with 1 +++");
        assertEquals(1, told.size());
        assertEquals(Severity.WARNING, told.get(0).severity());
        assertEquals("-:2", String.valueOf(told.get(0).position()));
        assertTrue(
                told.get(0).message().endsWith(Remediation.RECORD_AGAIN),
                told.get(0).message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 exit_group(0) = ?",
                "7 exit_group(0 <unfinished ...>",
                "7 exit(0) = ?",
                "7 <... exit_group resumed>) = ?",
                // of another thread of the program
                "6 exit_group(0) = ?"
            })
    void areCallsToo(String exit) {
        assertEquals(List.of(), missing("7 close(3) = 0", exit, "7 +++ exited with 0 +++"));
    }

    @Test
    void areNotEndsByASignal() {
        assertEquals(List.of(), missing("7 close(3) = 0", "7 +++ killed by SIGKILL (core dumped) +++"));
    }

    @Test
    void ofOneRunSayNothingOfTheNext() {
        List<Diagnostic> told = missing(
                "7 execve(\"/bin/a\", [\"a\"], 0x7ffd /* 9 vars */) = 0",
                "7 close(3) = 0",
                "7 exit_group(0) = ?",
                "7 +++ exited with 0 +++",
                "8 execve(\"/bin/b\", [\"b\"], 0x7ffd /* 9 vars */) = 0",
                "8 +++ exited with 0 +++");
        assertEquals(
                List.of("-:6"),
                told.stream().map(d -> String.valueOf(d.position())).toList());
    }

    /** The kernel counted the calls of all tasks in these. */
    @Test
    void areShownWhereTheKernelCountedTheSame() {
        for (Corpus.Recording recording : Corpus.kernel()) {
            List<String> codes = Observing.omissions(recording.read(Optional.empty()));
            assertFalse(codes.contains(CODE), recording.trace());
        }
    }

    @Test
    void areMissingInTheRecordingsOfSomeCallsOnly() {
        List<String> warned = new ArrayList<>();
        for (Corpus.Recording recording : Corpus.partial()) {
            if (Observing.omissions(recording.read(Optional.empty())).contains(CODE)) {
                warned.add(recording.trace());
            }
        }
        assertEquals(
                List.of("kernel/opt-trace-file.log.zst", "kernel/opt-z.log.zst", "kernel/opt-z-multi-5.10.log.zst"),
                warned);
    }
}
