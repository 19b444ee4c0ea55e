package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same evidence and options give the same bytes. */
class DeterminismTest {
    @TempDir
    Path directory;

    private List<Path> traces;

    @BeforeEach
    void record() throws IOException {
        traces = List.of(
                Traces.write(directory, "a.strace", Traces.X86_64),
                Traces.write(directory, "b.strace", Traces.X86),
                Traces.write(directory, "c.strace", Traces.AARCH64),
                Traces.write(directory, "\u0131\u00e4.strace", Traces.FLAWED.replace("10 [", "11 [")),
                Traces.write(
                        directory,
                        "e.strace",
                        Traces.X86_64.replace("/bin/cat", "/bin/tac").replace("10 ", "7 ")));
    }

    @Test
    void whateverTheOrderOfTheArguments() {
        for (String[] command : commands()) {
            Result first = run(command, traces);
            assertEquals(command[0].equals("check") ? 1 : 0, first.status(), first.err());
            Random random = new Random(7);
            for (int i = 0; i < 5; i++) {
                List<Path> shuffled = new ArrayList<>(traces);
                Collections.shuffle(shuffled, random);
                shuffled.add(shuffled.get(0));
                assertEquals(first, run(command, shuffled));
            }
        }
    }

    @Test
    void whateverTheLocaleAndTheTimeZone() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        for (String[] command : commands()) {
            Result first = run(command, traces);
            Result help = Strait.run(command[0], "--help");
            try {
                for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "de-DE")) {
                    Locale.setDefault(Locale.forLanguageTag(tag));
                    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                    assertEquals(first, run(command, traces), tag);
                    assertEquals(help, Strait.run(command[0], "--help"), tag);
                    assertEquals(Strait.run("syscalls", "10"), Strait.run("syscalls", "0xa"), tag);
                }
            } finally {
                Locale.setDefault(locale);
                TimeZone.setDefault(zone);
            }
        }
    }

    /** The seeds of hashes differ between two JVMs, and so may the charset. */
    @Test
    void inTwoProcessesOfDifferentEnvironments() throws Exception {
        for (String[] command : commands()) {
            String one = process(command, Map.of("LC_ALL", "C.UTF-8"), "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8");
            String two = process(
                    command,
                    Map.of("LC_ALL", "C.UTF-8", "TZ", "Asia/Tokyo", "COLUMNS", "20", "CLICOLOR_FORCE", "1"),
                    "-Duser.language=tr",
                    "-Duser.country=TR",
                    "-Dfile.encoding=ISO-8859-1");
            assertEquals(one, two, String.join(" ", command));
            assertTrue(one.length() > 100, one);
        }
    }

    @Test
    void colourFollowsTheTerminalUnlessItIsUnwanted() throws Exception {
        String[] command = {"generate", gone()};
        Map<String, String> plain = Map.of("LC_ALL", "C.UTF-8", "NO_COLOR", "");
        assertTrue(process(command, plain, "-Dstrait.terminal=true").contains("\u001b[31m"));
        assertTrue(!process(command, plain, "-Dstrait.terminal=false").contains("\u001b"));
        Map<String, String> unwanted = Map.of("LC_ALL", "C.UTF-8", "NO_COLOR", "1");
        assertTrue(!process(command, unwanted, "-Dstrait.terminal=true").contains("\u001b"));
        String[] always = {"generate", "--color=always", gone()};
        assertTrue(process(always, unwanted).contains("\u001b[31m"));
    }

    private List<String[]> commands() {
        return List.of(
                new String[] {"generate", "--target=x86_64,x86"},
                new String[] {"generate", "--format=moby"},
                new String[] {"generate", "--format=names"},
                new String[] {"summarize"},
                new String[] {"explain"},
                new String[] {"report"},
                new String[] {"explain", "read"},
                new String[] {"check", "--profile", "src/test/resources/io/github/strait/format/plain.json"});
    }

    private static Result run(String[] command, List<Path> evidence) {
        List<Object> words = new ArrayList<>(Arrays.asList(command));
        words.addAll(evidence);
        return Strait.run(words.toArray());
    }

    private String gone() {
        return directory.resolve("gone").toString();
    }

    /** What a process of its own says: the results from the traces, or the diagnostics about a file that is gone. */
    private String process(String[] command, Map<String, String> environment, String... flags) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of(flags));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of(command));
        boolean results = !Arrays.asList(command).contains(gone());
        if (results) {
            traces.forEach(trace -> words.add(trace.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(words);
        if (results) {
            // diagnostics are in the terminal's own charset
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        } else {
            builder.redirectErrorStream(true);
        }
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        process.waitFor();
        return new String(out, StandardCharsets.UTF_8);
    }
}
