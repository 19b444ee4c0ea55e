package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.RequiresTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal receives while strait records. */
@RequiresTool({"script", "stty", "strace"})
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordingViewIT {
    private static final Pattern LINE = Pattern.compile("\r\u001b\\[K\u001b\\[\\?7l([^\u001b]*)\u001b\\[\\?7h");
    private static final Pattern TITLE = Pattern.compile("\u001b\\]0;strait ([^\u0007]*)\u0007");

    @TempDir
    Path directory;

    /** What a shell's command line writes to a terminal of its own. */
    private String shown(Map<String, String> environment, String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", line, "/dev/null").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("STRAIT_"));
        builder.environment().putAll(Map.of("SHELL", "/bin/sh", "TERM", "xterm", "LANG", "C.UTF-8"));
        builder.environment().putAll(environment);
        Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return all;
    }

    private String record(boolean isTerminal) {
        return String.join(
                        " ",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        isTerminal ? "-Dstrait.terminal=true" : "",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "record -o")
                + " " + directory.resolve("trace.zst") + " ";
    }

    @Test
    void runningProcessesHaveALineThatFitsAndIsErased() throws Exception {
        String text = shown(
                Map.of(),
                "stty cols 75; (while :; do sleep 0.1; done) & n=$!; (sleep 4; stty cols 30 </dev/tty) & "
                        + record(true) + "--attach $n --duration 9s; kill $n; echo end");
        List<String> lines =
                LINE.matcher(text).results().map(found -> found.group(1)).toList();
        assertTrue(lines.size() >= 5, text);
        assertTrue(lines.get(0).matches("recording [1-3] s: [0-9]+( k)? calls?, [0-9]+ distinct.*"), text);
        assertTrue(lines.stream().allMatch(line -> line.length() < 75), text);
        assertTrue(lines.stream().anyMatch(line -> line.length() > 30), text);
        String last = lines.get(lines.size() - 1);
        assertTrue(last.length() < 30 && last.startsWith("recording "), text);
        String rest = text.substring(text.lastIndexOf(last) + last.length());
        assertTrue(rest.startsWith("\u001b[?7h\r\u001b[K"), rest);
        assertTrue(rest.endsWith("end\r\n"), rest);
        assertTrue(Files.exists(directory.resolve("trace.zst")));
    }

    @Test
    void aCommandKeepsItsLines() throws Exception {
        String text = shown(
                Map.of(),
                record(true) + "-- sh -c 'printf half; sleep 3; echo \" line\"; sleep 1; echo more'; echo end");
        List<String> titles =
                TITLE.matcher(text).results().map(found -> found.group(1)).toList();
        assertTrue(titles.size() >= 2, text);
        assertTrue(
                titles.get(titles.size() - 1).matches("recording [2-9] s: [0-9]+ calls, [0-9]+ distinct, last new: .*"),
                text);
        String seen = text.replaceAll("\u001b\\][^\u0007]*\u0007", "").replaceAll("\u001b\\[2[23];0t", "");
        assertTrue(seen.startsWith("half line\r\nmore\r\n"), seen);
        assertFalse(seen.contains("\u001b"), seen);
        Matcher undone = Pattern.compile("\u001b\\[23;0t").matcher(text);
        assertTrue(undone.find(), "the window has its own title again");
    }

    @Test
    void whereNoOneLooksNothingIsShown() throws Exception {
        String command = "-- sh -c 'sleep 2; echo done'";
        assertFalse(shown(Map.of("TERM", "dumb"), record(true) + command).contains("\u001b"));
        assertFalse(shown(Map.of(), record(false) + command).contains("\u001b"));
        assertEquals("done\r\n", shown(Map.of(), record(true) + "-q " + command));
    }
}
