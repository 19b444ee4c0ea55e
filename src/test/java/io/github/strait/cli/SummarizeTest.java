package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code summarize} says beside the observation. */
class SummarizeTest {
    @TempDir
    Path directory;

    /** For those who ask: each task, each shape; and the observation is the same. */
    @Test
    void verboseTellsTasksAndShapes() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64 + "odd: 1\nodd: 2\n\u0007\"x\" 3\n");
        Result verbose = Strait.run("summarize", "-v", trace);
        assertEquals(0, verbose.status());
        assertEquals(
                List.of(
                        ":1: note: task 10 is x86_64: proven by the name execve of number 59 at line 1 [task-abi]",
                        ":2: note: task 10 in /bin/cat is x86_64: proven by the name openat of number 257 at line 2"
                                + " [task-abi]",
                        ":8: note: 2 lines of the shape 'odd: N' not understood; the first: odd: 1 [unparsed-shape]",
                        ":10: note: 1 line of the shape '\\x07\"...\" N' not understood; the first: \\x07\"x\" 3"
                                + " [unparsed-shape]"),
                verbose.errors().stream()
                        .filter(line -> line.contains(": note: "))
                        .map(line -> line.substring(trace.toString().length()))
                        .toList());
        Result plain = Strait.run("summarize", trace);
        assertEquals(plain.out(), verbose.out());
        assertFalse(plain.err().contains("note:"), plain.err());
        assertEquals("", Strait.run("summarize", "-q", trace).err());
    }

    /** The command to record again is there, whatever the trace was read for. */
    @ParameterizedTest
    @ValueSource(strings = {"summarize", "generate", "explain", "check"})
    void whatIsAssumedComesWithTheCommandToProveIt(String command) throws IOException {
        Path trace = Traces.write(directory, "a.strace", "10 getpid() = 10\n10 exit_group(0) = ?\n");
        Path profile = directory.resolve("profile.json");
        assertEquals(0, Strait.run("generate", "-q", trace, "-o", profile).status());
        Result result =
                command.equals("check") ? Strait.run(command, trace, "--profile", profile) : Strait.run(command, trace);
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.err()
                        .contains("; say --arch NAME, or record again with: strait record -o FILE -- COMMAND, or:"
                                + " strace -f -n -o FILE COMMAND (strace 5.9 or later) [abi-assumed]\n"),
                result.err());
    }
}
