package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.live.RequiresTool;
import io.github.strait.record.Recording.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals reach the traced program, once, and strait ends when the trace is whole. */
@RequiresTool({"strace", "setsid"})
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129", "USR1, 138"})
    void passesSignalsOn(String signal, int status) throws Exception {
        Process process = start("echo ready; exec sleep 60");
        await(process, "ready");
        send(signal, process);
        assertEquals(status, process.waitFor());
        String trace = Files.readString(trace());
        assertTrue(
                trace.replaceAll("# strait-imports/.*\n", "").endsWith("+++ killed by SIG" + signal + " +++\n"), trace);
    }

    @Test
    void takesTheStatusOfAProgramThatHandlesThem() throws Exception {
        Process process =
                start("trap 'echo int' INT; trap 'echo term; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        await(process, "ready");
        send("INT", process);
        await(process, "int");
        send("TERM", process);
        assertEquals(new Outcome(5, "term\n", ""), Recording.finish(process, ""));
    }

    @Test
    void reachesADaemonThatTheCommandLeftBehind() throws Exception {
        Process process =
                start("(trap 'echo daemon; exit' TERM; echo ready; while :; do sleep 0.05; done)& sleep 0.3; exit 4");
        await(process, "ready");
        awaitTrace("+++ exited with 4 +++");
        send("TERM", process);
        assertEquals(4, process.waitFor());
    }

    @Test
    @RequiresTool("script")
    void leavesCtrlCToTheTerminal() throws Exception {
        // The terminal's line discipline makes the signal; were it passed on as well, the program would count two.
        String program =
                "n=0; trap 'n=$((n+1))' INT; echo ready; while [ $n = 0 ]; do sleep 0.1; done; sleep 1; echo count $n";
        String quoted =
                String.join(" ", Recording.line(trace(), "sh", "-c", "'" + program.replace("'", "'\\''") + "'"));
        ProcessBuilder terminal = new ProcessBuilder("script", "-qec", quoted, "/dev/null").redirectErrorStream(true);
        // becomes the command; a shell that stays would end by the signal itself
        terminal.environment().put("SHELL", "/bin/bash");
        Process process = terminal.start();
        BufferedReader out = reader(process);
        while (!out.readLine().contains("ready")) {
            continue;
        }
        Thread.sleep(300);
        process.getOutputStream().write(3);
        process.getOutputStream().flush();
        assertTrue(out.lines().anyMatch(line -> line.contains("count 1")));
        assertEquals(0, process.waitFor());
    }

    @Test
    void attachesForAWhileAndLetsGo() throws Exception {
        Process loop = new ProcessBuilder("sh", "-c", "while :; do sleep 0.1; done").start();
        try {
            long before = System.nanoTime();
            Outcome outcome = Recording.of(trace(), "--attach", Long.toString(loop.pid()), "4000");
            assertEquals(new Outcome(0, "", ""), outcome);
            assertTrue(System.nanoTime() - before > TimeUnit.SECONDS.toNanos(4));
            assertTrue(loop.isAlive());
            assertTrue(Files.readString(trace()).contains("] execve(\""), "the loop's sleep is followed");
        } finally {
            loop.destroy();
        }
    }

    @Test
    void attachesUntilInterrupted() throws Exception {
        Process loop = new ProcessBuilder("sh", "-c", "while :; do sleep 0.1; done").start();
        try {
            Process process = session(Recording.line(trace(), "--attach", Long.toString(loop.pid()), "60000"));
            awaitTrace("(");
            send("INT", process);
            assertEquals(new Outcome(0, "", ""), Recording.finish(process, ""));
            assertTrue(loop.isAlive());
        } finally {
            loop.destroy();
        }
    }

    @Test
    void saysWhenThereIsNothingToAttachTo() throws Exception {
        Outcome outcome = Recording.of(trace(), "--attach", "4194399", "1000");
        assertEquals(125, outcome.exitStatus());
        assertEquals("strait: error: no such process: 4194399; see: ps -e [no-process]\n", outcome.err());
    }

    private Process start(String script) throws Exception {
        return session(Recording.line(trace(), "sh", "-c", script));
    }

    /** Without a terminal, so that SIGINT is one that somebody sent. */
    private static Process session(List<String> command) throws Exception {
        return new ProcessBuilder(ImmutableList.<String>builder()
                        .add("setsid")
                        .addAll(command)
                        .build())
                .start();
    }

    private static void await(Process process, String line) throws Exception {
        StringBuilder seen = new StringBuilder();
        for (int c = process.getInputStream().read();
                c != '\n';
                c = process.getInputStream().read()) {
            seen.append((char) c);
        }
        assertEquals(line, seen.toString());
    }

    /** Until strace has written this, wherever the trace is before it is kept. */
    private void awaitTrace(String text) throws Exception {
        while (!traced().contains(text)) {
            Thread.sleep(20);
        }
    }

    private String traced() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (UncheckedIOException | NoSuchFileException e) {
            // it is being kept, or gone
            return "";
        }
        return all.toString();
    }

    private static void send(String signal, Process process) throws Exception {
        String pid = Long.toString(process.pid());
        assertEquals(
                new Outcome(0, "", ""),
                Recording.run(Map.of(), "", List.of("sh", "-c", "kill -" + signal + " " + pid)));
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private Path trace() {
        return directory.resolve("trace");
    }
}
