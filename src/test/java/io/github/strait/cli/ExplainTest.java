package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    private static final Pattern RUN =
            Pattern.compile("  (.+): (\\d+) lines: (\\d+) calls, (\\d+) other, (\\d+) unparsed.*");

    @TempDir
    Path directory;

    private Path trace;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
    }

    @Test
    void saysWhyEachCallIsThere() {
        Result result = Strait.run("explain", trace, "--no-layer=vdso,runtime");
        assertEquals(0, result.status());
        assertEquals("", result.err());
        String text = result.out().replace(trace.toString(), "T");
        assertEquals("""
                1 run, 7 lines: 6 calls, 1 other, 0 unparsed
                  too few runs to say how often one more shows a new call; record 4 or more, each another task
                  T: 7 lines: 6 calls, 1 other, 0 unparsed

                x86_64 (proven)
                  openat      2 calls  runs 1 of 1  T:2  1 ok, 1 ENOENT    /bin/cat
                  execve      1 call   runs 1 of 1  T:1  1 ok              (before execve)
                  exit_group  1 call   runs 1 of 1  T:6  1 without result  /bin/cat
                  read        1 call   runs 1 of 1  T:4  1 ok              /bin/cat
                  write       1 call   runs 1 of 1  T:5  1 ok              /bin/cat
                  exit             layer essential: a thread ends with it, and strace -c and -z do not show it
                  restart_syscall  layer essential: the kernel makes the task call it after a stop (SIGSTOP, a freezer, a debugger)
                  rt_sigreturn     layer essential: returns from every signal handler, also of signals that came in no recorded run
                """, text);
    }

    @Test
    void givesTheDetailsOfTheCallsThatAreNamed() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        Result result = Strait.run("explain", trace, companion, "openat", "exit", "socketcall", "--runtime=none");
        assertEquals("", result.err());
        assertEquals("""
                openat on x86_64:
                  observed: 2 calls, runs 1 of 2, first at A:2
                  results:  1 ok, 1 ENOENT
                  programs: /bin/cat
                openat on x86: not needed, but allowed: a rule names calls for several architectures, and another one needs it; --target writes one alone
                exit on x86_64:
                  layer essential: a thread ends with it, and strace -c and -z do not show it
                exit on x86:
                  layer essential: a thread ends with it, and strace -c and -z do not show it
                socketcall on x86_64: not allowed: not observed, and no layer names it
                socketcall on x86:
                  observed: 1 call, runs 1 of 2, first at B:3
                  results:  1 ok
                  programs: /opt/demo
                  subcalls: socket 1
                """, result.out().replace(trace.toString(), "A").replace(companion.toString(), "B"));
    }

    /** It has the option in common with the format of the profile, whose rules may be shared otherwise. */
    @Test
    void theExplanationIsWrittenForPrograms() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        JsonNode all = json("explain", trace, companion, "--format", "json");
        assertEquals("explain/1", all.get("strait").textValue());
        assertEquals(2, all.get("runs").intValue());
        JsonNode openat = all.at("/architectures/x86_64/syscalls/openat");
        assertEquals(2, openat.at("/observed/count").intValue());
        assertEquals(1, openat.at("/observed/errors/ENOENT").intValue());
        assertEquals("observed", openat.at("/reasons/0/kind").textValue());
        JsonNode one = json("explain", trace, companion, "socketcall", "exit", "--format=json");
        assertEquals(2, one.at("/architectures/x86_64/syscalls").size());
        assertEquals(
                "layer",
                one.at("/architectures/x86/syscalls/exit/reasons/0/kind").textValue());
        assertEquals(
                "unnamed",
                one.at("/architectures/x86_64/syscalls/socketcall/notNeeded/kind")
                        .textValue());
        String openatOfX86 = "/architectures/x86/syscalls/openat/notNeeded/kind";
        assertEquals(
                "shared",
                json("explain", trace, companion, "openat", "--format=json")
                        .at(openatOfX86)
                        .textValue());
        assertEquals(
                "unnamed",
                json("explain", trace, companion, "openat", "--format=names", "--format=json")
                        .at(openatOfX86)
                        .textValue());
        Result two = Strait.run("explain", trace, "--format=text", "--format=json");
        assertEquals(2, two.status());
        assertTrue(two.err().contains("--format takes one format of the profile and one of the report"), two.err());
    }

    private static JsonNode json(Object... words) throws IOException {
        Result result = Strait.run(words);
        assertEquals(0, result.status(), result.err());
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void namesTheLayerThatIsOff() {
        assertEquals(
                "sched_yield on x86_64: not allowed: not observed, and layer load, which names it, is off: a spinning"
                        + " thread lets others run; --layer load\n",
                Strait.run("explain", trace, "sched_yield").out());
        assertEquals(
                "exit on x86_64: not allowed: not observed, and layer essential, which names it, is off: a thread ends"
                        + " with it, and strace -c and -z do not show it; leave out --no-layer essential\n",
                Strait.run("explain", trace, "exit", "--no-layer=essential").out());
        String on = Strait.run("explain", trace, "sched_yield", "--layer=load").out();
        assertEquals("sched_yield on x86_64:\n  layer load: a spinning thread lets others run\n", on);
    }

    @Test
    void accountsForEveryLine() throws IOException {
        Path flawed = Traces.write(directory, "b.strace", Traces.X86 + "???\n\n20 [   3] read(3, \"x\", 1) = 1");
        String text = Strait.run("explain", "-q", trace, flawed).out();
        int runs = 0;
        long calls = 0;
        for (String line : text.lines().toList()) {
            Matcher run = RUN.matcher(line);
            if (run.matches()) {
                runs++;
                long total = Files.readAllLines(Path.of(run.group(1))).size();
                assertEquals(total, number(run, 2));
                assertEquals(total, number(run, 3) + number(run, 4) + number(run, 5));
                calls += number(run, 3);
            }
        }
        assertEquals(2, runs);
        Matcher each = Pattern.compile("(?m)^  \\w+ +(\\d+) calls? ").matcher(text);
        while (each.find()) {
            calls -= number(each, 1);
        }
        assertEquals(0, calls, "calls that no row accounts for\n" + text);
        assertTrue(text.contains("1 unparsed (first at " + flawed + ":7)"), text);
    }

    @Test
    void accountsForWhatTheTargetsLeaveOut() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        String text = Strait.run("explain", trace, companion, "--target=x86_64").out();
        assertTrue(text.endsWith("\nx86 (proven): 5 calls, left out because --target does not name it\n"), text);
    }

    @Test
    void aFileIsEvidenceEvenWhenACallIsCalledSo() throws IOException {
        Path read = Path.of("read");
        try {
            Files.writeString(read, Traces.X86);
            Result result = Strait.run("explain", "-q", read.toString());
            assertEquals(0, result.status(), result.err());
            assertTrue(result.out().contains("  read: 6 lines"), result.out());
            assertTrue(Strait.run("explain", trace, "read").out().contains("2 runs"));
        } finally {
            Files.deleteIfExists(read);
        }
        assertTrue(Strait.run("explain", trace, "read").out().startsWith("read on x86_64:\n"));
        assertTrue(Strait.run("explain", "read", trace).out().startsWith("read on x86_64:\n"));
    }

    @Test
    void aWordThatIsNeitherIsSaidToBeNeither() {
        Result result = Strait.run("explain", trace, "opennat");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(
                "opennat: error: is neither a file nor a call; did you mean 'openat'?" + " [no-evidence]\n",
                result.err());
        assertTrue(Strait.run("explain", trace, "dir/gone").err().contains("does not exist"));
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }
}
