package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait.Result;
import io.github.strait.live.RequiresTool;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on this kernel under profiles: run, and record --under. */
@RequiresTool({"strace", "perl", "gcc"})
class RunIT {
    private static final Path DOCKER = Path.of("src/test/resources/io/github/strait/lint/docker-like.json");
    private static final Path THREADS = Path.of("src/test/resources/io/github/strait/live/threads.c");

    @TempDir
    Path directory;

    /** The program in a process of its own, as its command has the standard streams of the process. */
    private Result strait(Map<String, String> environment, Object... arguments) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ImmutableList.Builder<String> line = ImmutableList.builder();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classes, Main.class.getName());
        Arrays.stream(arguments).map(Object::toString).forEach(line::add);
        Path out = directory.resolve("out.log");
        Path err = directory.resolve("err.log");
        ProcessBuilder builder = new ProcessBuilder(line.build());
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        int status = builder.start().waitFor();
        return new Result(status, text(out), text(err));
    }

    private Result strait(Object... arguments) throws Exception {
        return strait(Map.of(), arguments);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static String here() {
        return Arch.parse(System.getProperty("os.arch")).label();
    }

    /** A profile that allows all but what the rule is for. */
    private Path except(String rule) throws IOException {
        return Files.writeString(
                directory.resolve("except.json"),
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"architectures\": [\"SCMP_ARCH_"
                        + here().toUpperCase(java.util.Locale.ROOT) + "\"], \"syscalls\": [" + rule + "]}");
    }

    private Path withoutMkdir(String action) throws IOException {
        return except("{\"names\": [\"mkdir\", \"mkdirat\"], " + action + "}");
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "kill -TERM $$, 143", "kill -QUIT $$, 131", "nosuchcommand, 127"})
    void exitsWithTheProgramsStatus(String script, int status) throws Exception {
        Path profile = withoutMkdir("\"action\": \"SCMP_ACT_ERRNO\"");
        Result traced = strait("run", "--profile", profile, "--", "sh", "-c", "echo in; " + script);
        assertEquals(status, traced.status(), traced.err());
        assertEquals("in\n", traced.out());
        assertFalse(traced.err().contains("[denied]"), traced.err());
        Result untraced = strait("run", "--untraced", "--profile", profile, "--", "sh", "-c", "echo in; " + script);
        assertEquals(status, untraced.status(), untraced.err());
        assertEquals("in\n", untraced.out());
    }

    @Test
    void namesWhatWasRefused() throws Exception {
        Path profile = withoutMkdir("\"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 38");
        Path made = directory.resolve("made");
        Result result = strait("run", "--profile", profile, "--", "mkdir", made);
        assertEquals(1, result.status());
        assertTrue(result.err().contains("Function not implemented"), result.err());
        assertTrue(
                result.err()
                        .matches("(?s).*strait: warning: mkdir(at)? on " + here()
                                + " gets ENOSYS; [0-9]+ calls? by [^\n]*mkdir \\[denied\\]\n"),
                result.err());
        assertFalse(Files.exists(made));
        Result untraced = strait("run", "--untraced", "--profile", profile, "--", "mkdir", made);
        assertEquals(1, untraced.status());
        assertFalse(untraced.err().contains("strait:"), untraced.err());
        assertFalse(Files.exists(made));
    }

    /** The command waits for a word that is given when strait has named the call. */
    @ParameterizedTest(name = "namedAtItsFirstDenial: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "run --profile P --         | SCMP_ACT_ERRNO",
                "record -q -q -o t --under P -- | SCMP_ACT_ERRNO",
                "record -o t --under P --   | SCMP_ACT_ERRNO",
                "run --profile P --         | SCMP_ACT_TRAP"
            })
    void eachCallIsNamedAtItsFirstDenial(String words, String action) throws Exception {
        Path profile = withoutMkdir("\"action\": \"" + action + "\"");
        Path err = directory.resolve("err.log");
        String script =
                "for i in 1 2 3; do mkdir made 2>/dev/null; done; i=0; while [ $i -lt 100 ] && ! grep -q 'first denied now' "
                        + err + "; do sleep 0.1; i=$((i+1)); done; echo $i";
        List<Object> line = new java.util.ArrayList<>();
        for (String word : words.split(" +")) {
            line.add(word.equals("P") ? profile : word.equals("t") ? directory.resolve("t") : word);
        }
        line.addAll(List.of("sh", "-c", words.contains("-q") ? "mkdir made; sleep 0.5" : script));
        Result result = strait(line.toArray());
        if (words.contains("-q")) {
            assertFalse(result.err().contains("[denied]"), result.err());
            return;
        }
        assertEquals(0, result.status(), result.err());
        assertFalse(result.out().equals("100\n"), result.err());
        List<String> denied = result.errors().stream()
                .filter(each -> each.endsWith("[denied]"))
                .toList();
        assertEquals(2, denied.size(), result.err());
        assertTrue(
                denied.get(0).matches(".*mkdir(at)? on .* gets (EPERM|SIGSYS); first denied now \\[denied]"),
                denied.get(0));
        assertTrue(denied.get(1).matches(".*; 3 calls by .*mkdir \\[denied]"), denied.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP"})
    void namesWhatKilledIt(String action) throws Exception {
        Path profile = withoutMkdir("\"action\": \"" + action + "\"");
        Result result = strait("run", "--profile", profile, "--", "mkdir", directory.resolve("made"));
        assertEquals(159, result.status(), result.err());
        assertTrue(result.err().matches("(?s).*warning: mkdir(at)? on .* \\[denied\\]\n"), result.err());
        assertEquals(
                159,
                strait("run", "--untraced", "--profile", profile, "--", "mkdir", directory.resolve("made"))
                        .status());
    }

    @Test
    void conditionsCount() throws Exception {
        Path profile = except("{\"names\": [\"kill\"], \"action\": \"SCMP_ACT_ERRNO\", \"args\": "
                + "[{\"index\": 1, \"op\": \"SCMP_CMP_EQ\", \"value\": 10}]}");
        Result result = strait("run", "--profile", profile, "--", "sh", "-c", "kill -0 $$ && kill -USR1 $$; echo $?");
        assertEquals("1\n", result.out(), result.err());
        List<String> denied = result.errors().stream()
                .filter(line -> line.endsWith("[denied]") && !line.contains("first denied now"))
                .toList();
        assertEquals(1, denied.size(), result.err());
        assertTrue(denied.get(0).contains(", SIGUSR1) on "), denied.get(0));
    }

    @Test
    void theProgramHasItsEnvironmentAndNothingElse() throws Exception {
        Path profile = withoutMkdir("\"action\": \"SCMP_ACT_ERRNO\"");
        Map<String, String> odd = Map.of("ODD", "a\nb=c", "LC_ALL", "no-such-locale");
        for (String option : List.of("--untraced", "-q")) {
            Result result = strait(odd, "run", option, "--profile", profile, "--", "env", "-0");
            assertEquals(0, result.status());
            assertTrue(result.out().contains("ODD=a\nb=c\0"), result.out());
            assertFalse(result.out().contains("PERL"), result.out());
            assertEquals("", result.err());
            String status = strait(
                            "run",
                            option,
                            "--profile",
                            profile,
                            "--",
                            "grep",
                            "-E",
                            "Seccomp:|NoNew|SigBlk|SigIgn",
                            "/proc/self/status")
                    .out();
            assertTrue(status.contains("NoNewPrivs:\t1\n") && status.contains("Seccomp:\t2\n"), status);
            assertTrue(status.contains("SigBlk:\t0000000000000000\n"), status);
        }
    }

    @Test
    void whatDoesNotStartSaysWhy() throws Exception {
        Path profile = withoutMkdir("\"action\": \"SCMP_ACT_ERRNO\"");
        Path noExec = Files.writeString(
                directory.resolve("noexec.json"), Files.readString(profile).replace("mkdirat", "execve"));
        assertStarts(127, "[not-found]", profile, "no-such-command");
        assertStarts(126, "[not-executable]", profile, "/etc/passwd");
        assertStarts(126, "allow execve", noExec, "true");
        Result noPerl = strait(
                Map.of("PATH", directory.toString()), "run", "--untraced", "--profile", profile, "--", "/bin/true");
        assertEquals(125, noPerl.status());
        assertTrue(noPerl.err().contains("apt-get install perl-base) [no-perl]"), noPerl.err());
        Result noStrace = strait(Map.of("STRAIT_STRACE", "/nowhere"), "run", "--profile", profile, "--", "true");
        assertEquals(0, noStrace.status(), noStrace.err());
        assertTrue(noStrace.err().contains("will not be named: "), noStrace.err());
        Path other = Files.writeString(
                directory.resolve("other.json"),
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"architectures\": [\"SCMP_ARCH_S390X\"]}");
        // the runtimes filter the machine's own ABI whatever is listed, and so its default counts
        assertEquals(0, strait("run", "-q", "--profile", other, "--", "true").status());
        assertStarts(125, "[unreadable-profile]", directory.resolve("nowhere"), "true");
    }

    private void assertStarts(int status, String message, Path profile, String command) throws Exception {
        for (String option : List.of("--untraced", "-v")) {
            Result result = strait("run", option, "--profile", profile, "--", command);
            assertEquals(status, result.status(), result.err());
            assertTrue(result.err().contains(message), result.err());
        }
    }

    @Test
    void recordingUnderAProfileHealsItInOneLoop() throws Exception {
        Path profile = directory.resolve("app.json");
        Path first = directory.resolve("first.strace");
        Path denied = directory.resolve("denied.strace");
        Path made = directory.resolve("made");
        assertEquals(
                0,
                strait("record", "-o", first, "--profile", profile, "--", "mkdir", "--version")
                        .status());
        Result refused = strait("record", "--under", profile, "-o", denied, "--", "mkdir", made);
        assertEquals(1, refused.status());
        assertFalse(Files.exists(made));
        assertTrue(Files.readString(denied).lines().findFirst().orElseThrow().contains("execve(\""));
        assertFalse(Files.readString(denied).contains("seccomp("));
        Result gaps = Strait.run("verify", profile, denied);
        assertEquals(1, gaps.status());
        assertTrue(gaps.out().contains(": gap: mkdir"), gaps.out());
        Result healed = Strait.run("-q", "generate", first, denied, "-o", profile);
        assertEquals(0, healed.status(), healed.err());
        Result run = strait("run", "--profile", profile, "--", "mkdir", made);
        assertEquals(new Result(0, "", ""), run);
        assertTrue(Files.isDirectory(made));
    }

    /** What verify says of Docker's default is what the kernel does. */
    @Test
    void theGapsOfDockersDefaultAreThoseOfARealRun() throws Exception {
        Path threads = directory.resolve("threads");
        Path trace = directory.resolve("threads.strace");
        int built = new ProcessBuilder("gcc", "-pthread", "-o", threads.toString(), THREADS.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, built);
        Result result = strait("record", "-q", "--under", DOCKER, "-o", trace, "--", threads);
        assertEquals(0, result.status(), result.err());
        List<String> gaps = Strait.run("-q", "verify", DOCKER, trace)
                .out()
                .lines()
                .filter(line -> line.contains(": gap: ") || line.contains(": note: "))
                .toList();
        assertEquals(1, gaps.size(), gaps::toString);
        assertTrue(
                gaps.get(0).contains(": note: clone3 on " + here() + " gets ENOSYS, so callers use clone; 4 calls by "),
                gaps.get(0));
        List<String> calls = Files.readString(trace)
                .lines()
                .filter(line -> line.contains("= -1 ENOSYS"))
                .toList();
        assertEquals(4, calls.size(), calls::toString);
        assertTrue(calls.stream().allMatch(line -> line.contains("clone3")));
    }

    @Test
    void whatAProfileWasTakenForIsSaidOnce() throws Exception {
        Result result = strait("run", "--profile", DOCKER, "--", "true");
        assertEquals(0, result.status(), result.err());
        assertEquals(1, result.err().split("\\[resolved-for-a-machine\\]", -1).length - 1, result.err());
    }

    /** The program runs while strait waits, and strait may have more rights than it. */
    @Test
    @RequiresTool(value = "strace", asRoot = true)
    void noProfileIsWrittenThroughALinkOfTheProgram() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "old");
        Path theirs = Files.createDirectory(directory.resolve("theirs"));
        Files.createDirectory(theirs.resolve("folder"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        String attack =
                "ln -s \"$1\" \"$3/p.json\"; chown -h 65534 \"$3/p.json\"; rm -r \"$3/folder\"; ln -s \"$2\" \"$3/folder\"";
        for (String name : List.of("p.json", "folder/p.json")) {
            Files.createDirectories(theirs.resolve("folder"));
            Result result = strait(
                    "record",
                    "-o",
                    directory.resolve("r.strace"),
                    "--profile",
                    theirs.resolve(name),
                    "--",
                    "sh",
                    "-c",
                    attack,
                    "sh",
                    victim,
                    elsewhere,
                    theirs);
            assertEquals(125, result.status(), result.err());
            assertTrue(result.err().contains(" [cannot-write]"), result.err());
            Files.delete(theirs.resolve("p.json"));
            Files.delete(theirs.resolve("folder"));
        }
        assertEquals("old", Files.readString(victim));
        assertFalse(Files.exists(elsewhere.resolve("p.json")));
    }

    @Test
    void aTraceThatCannotBeRewrittenIsRefused() throws Exception {
        Path profile = withoutMkdir("\"action\": \"SCMP_ACT_ERRNO\"");
        Result result = strait("record", "--under", profile, "-o", "/dev/null", "--", "true");
        assertEquals(125, result.status());
        assertTrue(result.err().contains("[no-trace-file]"), result.err());
        Result attached = strait("record", "--under", profile, "--attach", "1");
        assertEquals(125, attached.status());
        assertTrue(attached.err().contains("cannot be put under a filter; start it again"), attached.err());
    }
}
