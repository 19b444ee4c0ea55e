package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said when strace wrote nothing. */
class StartFailureTest {
    private static final String REFUSED = "strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted\n";

    @TempDir
    Path directory;

    @Test
    void aRefusedAttachmentIsNoMatterOfContainersForItsOwnOwner() {
        long self = ProcessHandle.current().pid();
        assertTrue(StartFailure.adviceFor(self).startsWith("; "));
        assertFalse(StartFailure.adviceFor(self).contains("another user's"));
        assertEquals("; it has ended", StartFailure.adviceFor(1L << 22));
    }

    @Test
    void saysThatTheOldTraceIsOld() throws IOException {
        Path trace = directory.resolve("t");
        RecordOptions options = RecordOptions.ofAttached(trace, List.of(1L << 22));
        assertFalse(StartFailure.ofAttaching(REFUSED, options).getMessage().contains("earlier"));
        Files.writeString(trace, "");
        RefusalException e = StartFailure.ofAttaching(REFUSED, options);
        assertTrue(e.getMessage().endsWith("; " + trace + " is of an earlier recording"), e.getMessage());
        assertEquals("ptrace-denied", e.diagnostic().code());
        assertEquals(
                "no-trace", StartFailure.ofAttaching("", options).diagnostic().code());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void asksStraceWithoutWaitingForWhatItLeavesBehind() throws Exception {
        // its child holds the streams open, as one that waits for a tracer does
        assertEquals(
                "no-trace strace was killed by signal 9 before it wrote a call", ask("sleep 70 & exit 0", 128 + 9));
        assertEquals("no-trace strace wrote no trace; it says why above", ask("exit 0", 1));
        assertEquals("no-trace no luck", ask("echo no luck; exit 1", 1));
        assertTrue(ask("kill -SYS $$", 1).startsWith("ptrace-denied a seccomp filter"));
        assertTrue(ask("exit 0", 128 + 31).startsWith("ptrace-denied a seccomp filter"));
    }

    private String ask(String script, int status) throws IOException {
        Path program = Files.writeString(directory.resolve("strace"), "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
        Strace strace = new Strace(program, Optional.empty());
        RefusalException e = StartFailure.ofStrace(strace, new CallerEnvironment(Map.of(), false), status);
        assertEquals(StartStatus.FAILED, StartStatus.of(e));
        return e.diagnostic().code() + " " + e.getMessage();
    }
}
