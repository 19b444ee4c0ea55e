package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What strait asks of the launcher, and what it knows of a process that the launcher started. */
class SupervisedProcessTest {
    @Test
    void livesUntilItsEndIsTold() throws Exception {
        SupervisedProcess process = new SupervisedProcess();
        process.started(4711);
        process.awaitStart();
        assertEquals(4711, process.pid());
        assertTrue(process.isAlive());
        assertThrows(IllegalThreadStateException.class, process::exitValue);
        assertFalse(process.waitFor(1, TimeUnit.MILLISECONDS));
        assertFalse(process.onExit().isDone());
        process.ended(143);
        assertFalse(process.isAlive());
        assertEquals(143, process.exitValue());
        assertEquals(143, process.waitFor());
        assertTrue(process.waitFor(1, TimeUnit.MILLISECONDS));
        assertEquals(143, process.onExit().join().exitValue());
    }

    @Test
    void hasNoStreamsOfItsOwn() throws Exception {
        SupervisedProcess process = new SupervisedProcess();
        assertEquals(-1, process.getInputStream().read());
        assertEquals(-1, process.getErrorStream().read());
        process.getOutputStream().write(1);
    }

    @Test
    void oneThatTheLauncherCouldNotStartFails() {
        SupervisedProcess process = new SupervisedProcess();
        process.ended(StartStatus.FAILED);
        assertThrows(IOException.class, process::awaitStart);
        assertEquals(StartStatus.FAILED, process.exitValue());
    }

    @Test
    void requestsAreOneLineWhateverTheWordsHold() {
        String request = new Supervisor.Request()
                .word("strace")
                .word("a b\n")
                .variable("LD_PRELOAD")
                .unset("LD_PRELOAD")
                .set("A=1")
                .own(3)
                .keepingEnvironment()
                .toString();
        assertEquals(" x737472616365 x6120620a e4c445f5052454c4f4144 u4c445f5052454c4f4144 s413d31 c3 k", request);
    }

    @Test
    void signalsGiveTheStatusThatShellsGive() {
        assertEquals(130, ProcessSignals.status("INT"));
        assertEquals(143, ProcessSignals.status("TERM"));
        assertEquals(StartStatus.FAILED, ProcessSignals.status("NOSUCH"));
    }
}
