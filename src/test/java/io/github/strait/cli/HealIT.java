package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.strait.live.RequiresTool;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles that lack calls, healed on this kernel. */
@RequiresTool({"strace", "perl", "busybox", "tar"})
class HealIT {
    private static final int MISSING = 12;

    private static final Pattern ROUND = Pattern.compile("strait: round (\\d+) was denied nothing; CMD exited with 0");

    private static final String FILES =
            "busybox sh -c 'mkdir d && cd d && echo a > a && mv a b && ln -s b c && cat c && rm b c"
                    + " && cd .. && rmdir d && uname -s && id -u && sleep 0.01 | cat'";

    @TempDir
    Path folder;

    private String err = "";

    /** The program in a process of its own, in the folder. */
    private int strait(String stdin, Object... words) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ImmutableList.Builder<String> line = ImmutableList.builder();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp");
        for (String entry : List.of(classes)) {
            line.add(String.join(
                    ":",
                    Splitter.on(':')
                            .splitToStream(entry)
                            .map(each -> Path.of(each).toAbsolutePath().toString())
                            .toList()));
        }
        line.add(Main.class.getName());
        List.of(words).forEach(word -> line.add(word.toString()));
        Path log = folder.resolve("err.log");
        Path in = Files.writeString(folder.resolve("in"), stdin);
        int status = new ProcessBuilder(line.build())
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(folder.resolve("out.log").toFile())
                .redirectError(log.toFile())
                .start()
                .waitFor();
        err = Files.readString(log, StandardCharsets.ISO_8859_1);
        return status;
    }

    private static List<String> command(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    private int heal(String stdin, String options, String command) throws Exception {
        List<Object> words = new ArrayList<>(List.of("heal", "--profile", "app.json"));
        words.addAll(Splitter.on(' ').omitEmptyStrings().splitToList(options));
        words.add("--");
        words.addAll(command(command));
        return strait(stdin, words.toArray());
    }

    /** Records a command, and writes the profile without some of the calls that it makes. */
    private List<String> profileWithout(int missing, long seed, String command) throws Exception {
        List<Object> record = new ArrayList<>(List.of("record", "-q", "-o", "run.strace", "--"));
        record.addAll(command(command));
        assertEquals(0, strait("", record.toArray()), err);
        assertEquals(
                0, strait("", "generate", "-q", "run.strace", "--format", "names", "--runtime", "none", "-o", "all"));
        assertEquals(0, strait("", "summarize", "-q", "run.strace", "-o", "run.json"));
        String observation = Files.readString(folder.resolve("run.json"));
        List<String> calls = new ArrayList<>(Files.readString(folder.resolve("all"))
                .lines()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .filter(name -> observation.contains("\"" + name + "\": {\"count\""))
                .filter(name -> !name.startsWith("exec") && !name.startsWith("exit"))
                .filter(name -> Risk.of(name)
                        .filter(risk -> risk.riskClass() == RiskClass.CRITICAL)
                        .isEmpty())
                .toList());
        Collections.shuffle(calls, new Random(seed));
        List<String> gone = calls.subList(0, missing);
        assertEquals(0, strait("", "generate", "-q", "run.strace", "--runtime", "none", "-o", "whole.json"), err);
        without(gone);
        return gone;
    }

    /** Rules and denials of these names are left out of the profile. */
    private void without(List<String> gone) throws IOException {
        String whole = Files.readString(folder.resolve("whole.json"));
        for (String name : gone) {
            whole = whole.replaceAll("\n *\"" + name + "\",", "")
                    .replaceAll(",\n *\"" + name + "\"(?=\n)", "")
                    .replaceAll("\n *\\{\"names\": \\[\"" + name + "\"\\][^\n]*\\},", "")
                    .replaceAll(",\n *\\{\"names\": \\[\"" + name + "\"\\][^\n]*\\}(?=\n)", "");
        }
        Files.writeString(folder.resolve("app.json"), whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FILES,
                "perl -e 'mkdir q(d); rename q(d), q(e); rmdir q(e); pipe(A, B); my $p = fork; exit 0 unless $p;"
                        + " waitpid $p, 0; symlink q(x), q(y); unlink q(y); umask 0; print getppid; opendir D, q(.);"
                        + " readdir D; chdir q(/); select undef, undef, undef, 0.01'",
                "tar -cf t.tar data",
            })
    @Timeout(120)
    void twelveMissingCallsAreFoundInFourRounds(String command) throws Exception {
        Files.createDirectories(folder.resolve("data/inside"));
        Files.writeString(folder.resolve("data/file"), "x");
        // a killed process shows one denial a run
        for (String action : command.equals(FILES) ? List.of("errno", "kill-process") : List.of("errno")) {
            List<String> gone = profileWithout(MISSING, 15, command);
            if (action.equals("kill-process")) {
                String killing = Files.readString(folder.resolve("app.json"))
                        .replaceFirst("\"SCMP_ACT_ERRNO\",\n *\"defaultErrnoRet\": 1", "\"SCMP_ACT_KILL_PROCESS\"");
                assertTrue(killing.contains("KILL_PROCESS"));
                Files.writeString(folder.resolve("app.json"), killing);
            }
            String before = Files.readString(folder.resolve("app.json"));
            assertEquals(0, heal("", "--yes", command), err);
            Matcher round = ROUND.matcher(err);
            assertTrue(round.find(), err);
            assertTrue(Integer.parseInt(round.group(1)) <= 4, err);
            int verified = strait("", "verify", "app.json", "run.strace", "--runtime", "none");
            assertEquals(0, verified, Files.readString(folder.resolve("out.log")) + gone);
            String after = Files.readString(folder.resolve("app.json"));
            assertTrue(after.length() > before.length(), after);
        }
    }

    @Test
    void aCleanRunChangesNothing() throws Exception {
        profileWithout(0, 1, FILES);
        without(List.of());
        String before = Files.readString(folder.resolve("app.json"));
        assertEquals(0, heal("", "--confined", FILES), err);
        assertTrue(err.contains("round 1 was denied nothing") && err.contains("the profile is as it was"), err);
        assertEquals(before, Files.readString(folder.resolve("app.json")));
    }

    @Test
    void whatAPersonRefusesStaysDenied() throws Exception {
        profileWithout(0, 1, FILES);
        without(List.of("mkdir", "uname"));
        String before = Files.readString(folder.resolve("app.json"));
        assertEquals(1, heal("n\nwhat\n\n", "", FILES), err);
        assertEquals(before, Files.readString(folder.resolve("app.json")));
        assertTrue(err.contains("allow mkdir on x86_64? [y/N/all/quit]"), err);
        assertTrue(err.contains("denied calls are left: mkdir on x86_64"), err);
        assertEquals(1, heal("y\n", "--rounds 1", "busybox mkdir here"), err);
        assertTrue(err.contains("after 1 rounds"), err);
        assertTrue(Files.readString(folder.resolve("app.json")).contains("\"mkdir\""));
        assertFalse(Files.exists(folder.resolve("here")));
        assertEquals(0, heal("all\n", "", FILES), err);
    }

    /** The list of the user, and calls of the class critical: neither --yes nor the wide round lets them run. */
    @Test
    void whatIsNeverAllowedStaysDenied() throws Exception {
        profileWithout(0, 1, FILES);
        without(List.of("mkdir", "uname", "rmdir"));
        Files.writeString(folder.resolve("never.txt"), "# no directories\nmkdir # none\n");
        assertEquals(1, heal("", "--yes --never never.txt", FILES), err);
        assertTrue(err.contains("mkdir on x86_64 stays denied: it is listed in never.txt [never-allowed]"), err);
        assertFalse(Files.exists(folder.resolve("d")));
        String after = Files.readString(folder.resolve("app.json"));
        assertFalse(after.contains("\"mkdir\""), after);
        assertEquals(1, heal("", "--yes", "perl -e 'syscall(321, 99, 0, 0)'"), err);
        assertTrue(err.contains("bpf on x86_64 stays denied: it is critical: "), err);
        assertFalse(Files.readString(folder.resolve("app.json")).contains("\"bpf\""));
        Files.writeString(folder.resolve("never.txt"), "mkdri\n");
        assertEquals(125, heal("", "--yes --never never.txt", FILES), err);
    }

    @Test
    void aCommandThatHangsIsEnded() throws Exception {
        String command = "busybox sh -c 'until mkdir d; do sleep 0.1; done; rmdir d'";
        profileWithout(0, 1, command);
        without(List.of("mkdir"));
        assertEquals(0, heal("", "--yes --duration 2s", command), err);
    }

    @Test
    void whatCannotBeStartedHasTheStatusOfRecord() throws Exception {
        profileWithout(0, 1, "busybox true");
        without(List.of());
        assertEquals(127, heal("", "--yes", "no-such-command"), err);
        assertEquals(126, heal("", "--yes", "./run.strace"), err);
        assertEquals(125, strait("", "heal", "--profile", "none.json", "--", "true"), err);
    }
}
