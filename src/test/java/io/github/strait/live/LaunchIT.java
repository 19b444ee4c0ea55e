package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.Launched.Shown;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher hands to the programs of record and run, and what its caller gets when something is wrong. */
@RequiresTool({"strace", "perl", "bash", "setsid"})
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaunchIT {
    private static final String ALLOW_MOST = "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": "
            + "[{\"names\": [\"mkdir\", \"mkdirat\"], \"action\": \"SCMP_ACT_ERRNO\"}]}";

    /** Says what it gets, and ends two seconds after it began. */
    private static final String COUNTING = """
            #!/bin/bash
            n=0
            for s in HUP INT QUIT TERM USR1 USR2 WINCH CONT; do trap "n=\\$((n+1)); echo \\$n $s" $s; done
            echo ready
            for i in {1..40}; do sleep 0.05; done 2>/dev/null
            exit 7
            """;

    @TempDir
    Path directory;

    private Launched launched;

    @BeforeEach
    void plant() throws Exception {
        launched = Launched.in(directory);
        Files.writeString(directory.resolve("allow.json"), ALLOW_MOST);
        Path counting = Files.writeString(directory.resolve("counting"), COUNTING);
        assertTrue(counting.toFile().setExecutable(true));
    }

    @ParameterizedTest(name = "containerEnvironment: {0}")
    @ValueSource(strings = {"record -q -o t", "run -q --profile allow.json", "run -q --untraced --profile allow.json"})
    void theProgramHasTheEnvironmentOfAContainer(String command) throws Exception {
        Shown clean = launched.run(Map.of(), "env -i PATH=\"$PATH\" $S " + command + " -- /usr/bin/env");
        assertEquals(0, clean.status(), clean.err());
        assertEquals("PATH=" + System.getenv("PATH") + "\n", clean.out());
        // names that shells drop, bytes, the locale that the launcher replaces, and what it reads itself
        Shown odd = launched.run(
                Map.of(),
                "env -i PATH=\"$PATH\" a.b=1 'X=\u00e9 y' Y=$'\\xff' LC_ALL=C SHLVL=5 PWD=/x OLDPWD=/y _=z STRAIT_JAVA_OPTS= $S "
                        + command + " -- /usr/bin/env | sort");
        assertEquals(
                "LC_ALL=C\nPATH=" + System.getenv("PATH") + "\nSHLVL=5\nX=\u00c3\u00a9 y\nY=\u00ff\na.b=1\n",
                odd.out());
        Shown kept = launched.run(
                Map.of(), "env -i PATH=\"$PATH\" PWD=/x _=z $S " + command + " --keep-env -- /usr/bin/env | sort");
        assertEquals("PATH=" + System.getenv("PATH") + "\nPWD=/x\n_=z\n", kept.out());
    }

    @ParameterizedTest(name = "descriptors: {0}")
    @ValueSource(strings = {"record -q -o t", "run -q --profile allow.json", "run -q --untraced --profile allow.json"})
    void theProgramHasTheCallersDescriptors(String command) throws Exception {
        assertEquals(
                "hi\n", launched.run("$S " + command + " -- cat <(echo hi)").out());
        assertEquals(
                "fd 7\n",
                launched.run("$S " + command + " -- cat /dev/fd/7 7< <(echo fd 7)")
                        .out());
        Files.writeString(
                directory.resolve("open"), "for i in 0 1 2; do [ ! -e /proc/self/fd/$i ] || echo $i >&9; done\n");
        for (String closed : new String[] {"0", "1", "2"}) {
            // 9 is where it says so
            String wanted = "0\n1\n2\n".replace(closed + "\n", "");
            assertEquals(
                    wanted,
                    launched.run("$S " + command + " -- sh open 9>&1 " + closed + ">&-")
                            .out(),
                    closed);
        }
    }

    @ParameterizedTest(name = "bytes: {0}")
    @ValueSource(strings = {"record -q -o t", "run -q --profile allow.json", "run -q --untraced --profile allow.json"})
    void argumentsAreBytes(String command) throws Exception {
        assertEquals(
                "a\u00ffb\u0001\n",
                launched.run("$S " + command + " -- /bin/echo $'a\\xffb\\x01'").out());
    }

    @ParameterizedTest(name = "nameThatIsNotUtf8: {0}")
    @ValueSource(strings = {"odd", "odd/$'\\xff\\xe9.strace'"})
    void evidenceWhoseNameIsNotUtf8IsRefusedAsThat(String evidence) throws Exception {
        Shown shown =
                launched.run("mkdir odd; echo 'exit_group(0) = ?' >odd/$'\\xff\\xe9.strace'; $S generate " + evidence);
        assertEquals(2, shown.status());
        assertTrue(shown.err().contains("has a name that is not UTF-8"), shown.err());
    }

    @ParameterizedTest(name = "signalsAlone: {0} {1}")
    @CsvSource({
        "HUP, record -q -o t",
        "INT, record -q -o t",
        "QUIT, record -q -o t",
        "TERM, record -q -o t",
        "USR1, record -q -o t",
        "USR2, record -q -o t",
        "WINCH, record -q -o t",
        "USR2, run -q --profile allow.json",
        "QUIT, run -q --untraced --profile allow.json",
        "TERM, run -q --untraced --profile allow.json"
    })
    void aSignalReachesTheProgramOnce(String signal, String command) throws Exception {
        assertEquals("1 " + signal, said("$S " + command + " -- ./counting", "kill -" + signal + " "));
    }

    /** As what a shell starts with an ampersand, and nginx, which stops by QUIT then too, because it catches the signal. */
    @ParameterizedTest(name = "signalsThatTheCallerIgnores: {0} {1}")
    @CsvSource({
        "INT, record -q -o t",
        "QUIT, record -q -o t",
        "QUIT, run -q --profile allow.json",
        "QUIT, run -q --untraced --profile allow.json"
    })
    void aSignalThatTheCallerIgnoresReachesAProgramThatCatchesIt(String signal, String command) throws Exception {
        String ignoring = "env --ignore-signal=INT,QUIT $S " + command + " -- env --default-signal=INT,QUIT ./counting";
        assertEquals("1 " + signal, said(ignoring, "kill -" + signal + " "));
    }

    @ParameterizedTest(name = "signalsThatBothIgnore: {0}")
    @ValueSource(strings = {"HUP", "INT", "QUIT", "TSTP"})
    void aSignalThatTheCallerIgnoresEndsNoProgramThatDoesNotCatchIt(String signal) throws Exception {
        assertEquals(
                "lived\n",
                launched.run("env --ignore-signal=" + signal + " $S record -q -o t -- sh -c 'kill -" + signal
                                + " $PPID $$; sleep 2; echo lived'")
                        .out());
    }

    @ParameterizedTest(name = "signalsToTheGroup: {0}")
    @ValueSource(strings = {"HUP", "INT", "QUIT", "TERM"})
    void aSignalToTheWholeGroupReachesItOnce(String signal) throws Exception {
        assertEquals("1 " + signal, said("$S record -q -o t -- ./counting", "kill -" + signal + " -"));
    }

    /** What the program says in the end that was sent a signal when ready. */
    private String said(String command, String kill) throws Exception {
        // coreutils: a shell would leave signals ignored that its own caller ignored
        ProcessBuilder builder =
                launched.shell(Map.of(), "exec setsid env --default-signal=INT,QUIT " + command + " 2>&1");
        Process process = builder.start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", reader.readLine());
            assertEquals(0, launched.run(kill + process.pid()).status());
            String said = reader.lines()
                    .filter(line -> line.matches("[0-9]+ [A-Z0-9]+"))
                    .reduce("", (first, second) -> second);
            assertEquals(7, process.waitFor());
            return said;
        }
    }

    @Test
    @RequiresTool("script")
    void aKeyOfTheTerminalReachesItOnce() throws Exception {
        for (char key : new char[] {3, 28}) {
            Process process = launched.shell(
                            Map.of("SHELL", "/bin/bash"),
                            "exec env --default-signal=INT,QUIT script -qec '$S record -q -o t -- ./counting' /dev/null")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                while (!reader.readLine().contains("ready")) {
                    continue;
                }
                Thread.sleep(200);
                process.getOutputStream().write(key);
                process.getOutputStream().flush();
                String rest = reader.lines().reduce("", (all, line) -> all + line + "\n");
                assertTrue(rest.contains(key == 3 ? "1 INT" : "1 QUIT"), rest);
                assertFalse(rest.contains("2 ") || rest.contains("Full thread dump"), rest);
            }
        }
    }

    @Test
    @RequiresTool("gcc")
    void whatPerlAndTheLinkerObeyDoesNotComeBeforeTheFilter() throws Exception {
        Files.writeString(directory.resolve("Evil.pm"), "package Evil; if ($0 eq '-e') { exec 'mkdir', 'made' } 1;\n");
        Files.writeString(directory.resolve("evil.c"), "long syscall(long n, ...) { return 0; }\n");
        assertEquals(0, launched.run("gcc -shared -fPIC -o evil.so evil.c").status());
        Map<String, String> evil = Map.of(
                "PERL5LIB", directory.toString(),
                "PERL5OPT", "-MEvil",
                "LD_PRELOAD", directory.resolve("evil.so").toString());
        for (String command : new String[] {
            "run -q --untraced --profile allow.json", "run -q --profile allow.json", "record -q --under allow.json -o t"
        }) {
            Shown shown = launched.run(
                    evil, "$S " + command + " -- sh -c 'mkdir made; grep Seccomp: /proc/self/status; env' 2>&1");
            assertEquals(0, shown.status(), shown.err());
            assertTrue(shown.out().contains("Seccomp:\t2\n"), shown.out());
            assertTrue(shown.out().contains("PERL5OPT=-MEvil\n"), shown.out());
            assertTrue(shown.out().contains("LD_PRELOAD=" + directory), shown.out());
            assertFalse(Files.exists(directory.resolve("made")));
        }
    }

    @ParameterizedTest(name = "javaDoesNotStart: {0}")
    @CsvSource({
        "JAVA_TOOL_OPTIONS=-Xmx1 $S",
        "STRAIT_JAVA_OPTS=-XX:+NoSuchFlag $S",
        "ulimit -v 400000; $S",
        "truncate -s 100 target/strait.jar; $S",
        ": >target/strait.jar; $S",
        "mkdir gone; cd gone; rmdir ../gone; $S",
        "JAVA_HOME=/nowhere $S"
    })
    void whereJavaDoesNotStartIsTrouble(String start) throws Exception {
        Shown plain = launched.run(start + " --version");
        assertEquals(2, plain.status(), plain.err());
        assertTrue(plain.errors().get(plain.errors().size() - 1).startsWith("strait: "), plain.err());
        assertFalse(plain.err().contains("\tat "), plain.err());
        assertEquals(125, launched.run(start + " record -o t -- true").status());
        assertEquals(
                125,
                launched.run(start + " -q run --profile allow.json -- true").status());
    }

    @Test
    void aReaderThatLeavesIsNoTrouble() throws Exception {
        Shown shown = launched.run("set -o pipefail; $S syscalls | true; echo $?");
        assertEquals("", shown.err());
        assertEquals("141\n", shown.out());
    }

    @Test
    void whatCannotBePrintedIsTrouble() throws Exception {
        for (String command : new String[] {"--help", "--version", "record --help", "syscalls", "completion"}) {
            Shown shown = launched.run("$S " + command + " >/dev/full");
            assertEquals(2, shown.status(), command);
            assertTrue(shown.err().contains("standard output cannot be written"), shown.err());
            assertEquals(2, launched.run("$S " + command + " >&-").status(), command);
        }
        Shown closed = launched.run("$S summarize - <&-");
        assertEquals(2, closed.status());
        assertTrue(closed.err().contains("standard input is closed"), closed.err());
    }

    /** With no use in the folder for temporary files, zstd is loaded from another, for reading and for writing. */
    @Test
    void zstdDoesNotDependOnOneFolder() throws Exception {
        Map<String, String> nowhere = Map.of("STRAIT_JAVA_OPTS", "-Djava.io.tmpdir=/nowhere");
        Shown written = launched.run(nowhere, "$S record -q -o t.strace.zst -- true && $S summarize t.strace.zst");
        assertEquals(0, written.status(), written.err());
        assertTrue(written.out().contains("\"execve\""), written.out());
        // a property of zstd-jni that turns all of them off
        Shown none = launched.run(
                Map.of("STRAIT_JAVA_OPTS", "-DZstdNativePath=/nowhere.so"), "$S generate t.strace.zst -o out.json");
        assertEquals(2, none.status(), none.err());
        assertEquals(1, none.errors().size(), none.err());
        assertTrue(none.err().contains("the library for zstd cannot be loaded"), none.err());
    }

    @Test
    void aSignalLeavesNoTemporaryFileBesideTheResult() throws Exception {
        Shown shown = launched.run(
                "yes '7 [  39] getpid() = 7' | head -3000000 >big; mkdir out; $S -q generate big -o out/p.json & p=$!;"
                        + " for i in {1..40}; do sleep 0.1; [ -e out/p.json ] && break; [ $i != 12 ] || kill $p; done; wait $p; ls -A out");
        assertFalse(shown.out().contains(".strait-"), shown.out());
    }
}
