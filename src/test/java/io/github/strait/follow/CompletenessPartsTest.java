package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts that find what is missing, each by itself. */
class CompletenessPartsTest {
    @Test
    void aTidIsMissingAsOftenAsItWasAnnouncedAndNotSeen() {
        TidCounts tids = new TidCounts();
        assertTrue(tids.announce(8));
        assertEquals(1, tids.missing(8));
        tids.see(8);
        assertEquals(0, tids.missing(8));
        tids.see(8);
        assertEquals(2, tids.seen(8));
        assertEquals(0, tids.missing(8));
        assertTrue(tids.announce(8));
        assertTrue(tids.announce(8));
        assertEquals(1, tids.missing(8));
        assertEquals(3, tids.announced(8));
    }

    @Test
    void theLineOfAnEndBelongsToTheTaskThatExitedOnce() {
        TidCounts tids = new TidCounts();
        tids.see(8);
        assertFalse(tids.isAwaited(8));
        tids.await(8);
        assertTrue(tids.isAwaited(8));
        assertFalse(tids.isAwaited(8));
        tids.await(8);
        tids.see(8);
        assertFalse(tids.isAwaited(8), "another task of that tid lives now");
        assertEquals(2, tids.seen(8));
    }

    /** No number wraps around, whatever a forged trace says. */
    @Test
    void aTidIsCountedUpToALimit() {
        TidCounts tids = new TidCounts();
        int accepted = 0;
        for (int i = 0; i < 1000; i++) {
            accepted += tids.announce(8) ? 1 : 0;
            tids.see(9);
        }
        assertEquals(127, accepted);
        assertEquals(127, tids.announced(8));
        assertEquals(0, tids.seen(8));
        assertEquals(127, tids.seen(9));
        assertEquals(0, tids.announced(9));
        assertFalse(tids.isAwaited(8) || tids.isAwaited(9));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "4194304", "2147483647", "-2147483648"})
    void whatIsNoTidIsNotCounted(int tid) {
        TidCounts tids = new TidCounts();
        assertFalse(tids.announce(tid));
        tids.see(tid);
        tids.await(tid);
        assertFalse(tids.isAwaited(tid));
        assertEquals(0, tids.seen(tid));
    }

    @Test
    void theGreatestTidIsCounted() {
        TidCounts tids = new TidCounts();
        assertTrue(tids.announce((1 << 22) - 1));
        assertEquals(1, tids.missing((1 << 22) - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "fork() = 8!0",
                "vfork( <unfinished ...>!0",
                "clone(child_stack=0x7f, flags=CLONE_VM|CLONE_THREAD|CLONE_SYSVSEM) = 8!0x10000",
                "clone(child_stack=0x7f, flags=0x3d0f00 /* CLONE_VM|CLONE_THREAD */) = 8!0x10000",
                "clone(child_stack=NULL, flags=CLONE_UNTRACED|SIGCHLD) = 8!0x800000",
                "clone(child_stack=NULL, flags=CLONE_NEWNS|CLONE_NEWPID|SIGCHLD) = 8!0x20000000",
                "clone(child_stack=NULL, flags=CLONE_UNTRACED|CLONE_THREAD) = 8!0x810000",
                "clone(0x810000, 0, 0, 0, 0) = 8!0x810000",
                "clone(0x11, 0, 0, 0, 0) = 8!0",
                "clone(child_stack=0x7f0000810000, flags=CLONE_VM|CLONE_VFORK|SIGCHLD) = 8!0",
                "clone3({flags=CLONE_THREAD, exit_signal=0}, 88) = 8!0x10000",
                "clone3({flags=0x20010000, exit_signal=0}, 88) = 8!0x20010000",
                "clone3({flags=0, exit_signal=SIGCHLD}, 88) = 8!0",
                "clone3(0x7ffd00810000, 88) = 8!0",
                "clone(child_stack=NULL, flags=CLONE_CHILD_SETTID <unfinished ...>!0"
            })
    void flagsByNameAndByNumber(String call, String flags) {
        assertEquals(Integer.decode(flags), flags(call));
    }

    private static int flags(String call) {
        AtomicInteger flags = new AtomicInteger(-1);
        Observing.each(
                "7 " + call + "\n",
                line -> flags.set(CloneFlags.of(line.bytes(), line.start(), line.nameEnd(), line.end())));
        return flags.get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "strace: out of memory|failure",
                "/usr/bin/strace: Can't fork: Resource temporarily unavailable|failure",
                "./strace-6.1: ptrace(PTRACE_LISTEN, 12): Input/output error|failure",
                "strace: app.log: No space left on device|failure",
                "strace: Process 12 attached|other",
                "strace: Process 12 detached|detached",
                "Process 12 detached|detached",
                "Process 12 attached (waiting for parent)|other",
                "Process 12 suspended|other",
                "strace: System call limit has been reached, detaching tracees|detached",
                "strace: WARNING: Proper structure decoding for this personality is not supported|other",
                "strace: -t has no effect with -r|other",
                "strace: Failed to tamper with process 12|other",
                "strace: pid 12: wait status 0x1|other",
                "strace: ptrace(PTRACE_SYSCALL,12,0,0): No such process|other",
                "my strace: out of memory|none",
                "app: strace: out of memory|none",
                "a line of the program|none",
                "``|none"
            })
    void sentencesOfStrace(String line, String kind) {
        String found = StraceMessage.of(line)
                .map(message -> message.isFailure() ? "failure" : message.isDetaching() ? "detached" : "other")
                .orElse("none");
        assertEquals(kind, found);
    }
}
