package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceGrowthTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private Path trace;
    private TraceGrowth growth;

    @BeforeEach
    void begin() throws IOException {
        trace = Files.createFile(directory.resolve("trace"));
        growth = new TraceGrowth(trace, false, 0);
    }

    private void append(String text) throws IOException {
        Files.writeString(trace, text, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    }

    @Test
    void callsAreCountedOnceAndTheLatestNewOneIsNamed() throws IOException {
        append("""
                # strait-recording/1 {"kind":"attached"}
                strace: pid 53: attached by strait, program "/bin/read(3) = 0"
                53    [   0] read(3, ""..., 5) = 5
                53    [ 257] openat(-100, "/tmp/close(3) = 0\\n54 [   3] close(3", 0) = 3
                54    [  61] wait4(-1,  <unfinished ...>
                54    [  61] <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 44
                53    [  61] --- SIGCHLD {si_signo=17, si_code=0x1, si_pid=44} ---
                53    [ 231] +++ exited with 0 +++
                53    [   0] read(3, ""..., 5) = 5
                54    [ 500] syscall_0x1f4(0, 0) = -1 ENOSYS (Function not implemented)
                54    [""");
        Discovery found = growth.look(2 * SECOND);
        assertEquals(5, found.calls());
        assertEquals(4, found.distinct());
        assertEquals("syscall_0x1f4", found.latest());
        assertEquals(0, found.sinceLatest());
        append("   1] write(1, \"\", 0) = 0\n54    [   1] write(1, \"\", 0) = 0\n");
        found = growth.look(5 * SECOND);
        assertEquals(7, found.calls());
        assertEquals("write", found.latest());
        found = growth.look(9 * SECOND);
        assertEquals(new Discovery(9, 7, true, 5, "write", 4, found.curve()), found);
        assertEquals(List.of(4, 5, 5), found.curve());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "]",
                "[",
                "1 [",
                "1 [   0]",
                "1 [   0] ",
                "1 [   0] read",
                "1 [   0] \u001b[2J(",
                "(",
                "1 [ 0] Read(",
                "1 [   0] \u00e4(",
                "1 [   0] ((("
            })
    void whatIsNoCallCountsNothing(String line) throws IOException {
        append(line + "\n");
        assertEquals(new Discovery(0, 0, true, 0, "", 0, ImmutableList.of(0)), growth.look(0));
    }

    @Test
    void aHostileTraceKeepsItWithinBounds() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append("1 [   0] name_").append(i).append("() = 0\n");
        }
        append(lines + "1 [   0] " + "a".repeat(200_000) + "(0) = 0\n1 [   0] " + "b".repeat(41) + "() = 0\n"
                + "1 [   0] write(1, \"" + "x".repeat(300_000) + "\", 1) = 1\n1 [   0] read() = 0\n");
        Discovery found = growth.look(0);
        assertEquals(5002, found.calls(), "one of them in a line longer than what is read at once");
        assertEquals(768, found.distinct());
        assertTrue(found.latest().startsWith("name_"));
    }

    @Test
    void itCountsWhatSummarizeCounts() throws IOException {
        Path recorded = Path.of("traces/nginx.strace.zst");
        byte[] text;
        try (InputStream in = new ZstdInputStream(Files.newInputStream(recorded))) {
            text = in.readAllBytes();
        }
        Random random = new Random(7);
        Discovery found = growth.look(0);
        for (int i = 0; i < text.length; ) {
            int length = Math.min(text.length - i, random.nextInt(40_000));
            try (OutputStream out = Files.newOutputStream(trace, StandardOpenOption.APPEND)) {
                out.write(text, i, length);
            }
            i += length;
            found = growth.look(i);
        }
        String summary = Strait.run("summarize", recorded).out();
        assertTrue(summary.replaceAll("\\s", "").contains("\"calls\":" + found.calls() + ","), summary);
        assertTrue(found.isWhole());
    }

    @Test
    void whatGrowsTooFastIsPassedOverAndSaidToBe() throws IOException {
        String line = "1 [   0] read(3, \"\"..., 5) = 5\n";
        append(line.repeat(TraceGrowth.BUDGET / line.length() * 2));
        append("1 [   3] close(3) = 0\n");
        Discovery found = growth.look(0);
        assertFalse(found.isWhole());
        assertEquals("close", found.latest());
        assertTrue(found.calls() <= TraceGrowth.BUDGET / line.length() + 1, "no more than may be read at once");
        assertTrue(found.calls() >= TraceGrowth.BUDGET / line.length() - 2);
        append(line);
        assertEquals(found.calls() + 1, growth.look(1).calls());
    }

    @Test
    void underAProfileTheCallsOfTheStarterAreNone() throws IOException {
        TraceGrowth confined = new TraceGrowth(trace, true, 0);
        append("1 [   0] read(3, \"\"..., 5) = 5\n1 [ 317] seccomp(0, 0, NULL) = -1 EFAULT (Bad address)\n"
                + "1 [ 317] seccomp(0x1, 0, {len=3, filter=0x55}) = 0\n1 [  59] execve(\"/bin/true\", 0x1, 0x2) = 0\n");
        Discovery found = confined.look(0);
        assertEquals(1, found.calls());
        assertEquals("execve", found.latest());
    }

    @Test
    void aTraceThatIsGoneShowsNothing() throws IOException {
        Files.delete(trace);
        assertEquals(0, growth.look(0).calls());
    }

    @Test
    void namesWithTheSameHashAreTwo() throws IOException {
        append("1 [   0] as() = 0\n1 [   0] c5() = 0\n1 [   0] as() = 0\n1 [   0] c5() = 0\n");
        assertEquals(2, growth.look(0).distinct());
    }
}
