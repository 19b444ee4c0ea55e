package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Runs what the README shows, and compares it with what the README says it prints. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern STRAIT = Pattern.compile("(?:\\./)?strait(?: (.*))?");
    private static final Pattern HEAD = Pattern.compile("(.*?)(?: 2>/dev/null)?(?: \\| head -(?:n ?)?(\\d+))?");

    /** A line that stands for any number of lines. */
    private static final String ELLIPSIS = "...";

    /** A command and what the README says it prints. */
    private record Example(String command, List<String> expected) {}

    @TestFactory
    List<DynamicTest> theExamplesPrintWhatTheReadmeSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Example example : examples()) {
            tests.add(DynamicTest.dynamicTest(example.command(), () -> check(example)));
        }
        assertFalse(tests.isEmpty(), "the README shows no command of strait with its output");
        return tests;
    }

    @TestFactory
    List<DynamicTest> theCommandsInItsScriptsExist() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String script : blocks("sh")) {
            for (String line : script.replace("\\\n", " ").lines().toList()) {
                String command = line.replaceFirst("(^|\\s)#.*", "").strip();
                if (STRAIT.matcher(command).matches()) {
                    tests.add(DynamicTest.dynamicTest(command, () -> parse(words(command))));
                }
            }
        }
        return tests;
    }

    /** The comparison itself. */
    @Test
    void anEllipsisStandsForAnyNumberOfLines() {
        assertTrue(matches(List.of("a", "...", "d"), List.of("a", "b", "c", "d")));
        assertTrue(matches(List.of("a", "...", "d"), List.of("a", "d")));
        assertTrue(matches(List.of("..."), List.of()));
        assertTrue(matches(List.of("...", "b", "..."), List.of("a", "b", "c", "b", "x")));
        assertFalse(matches(List.of("a", "...", "d"), List.of("a", "b")));
        assertFalse(matches(List.of("a"), List.of("a", "b")));
        assertFalse(matches(List.of("..", "b"), List.of("b")));
    }

    @Test
    void anUnknownOptionIsNoticed() {
        assertEquals(
                "generate",
                parse(words("./strait generate a.strace -o a.json | cat"))
                        .subcommand()
                        .commandSpec()
                        .name());
        for (String wrong : List.of("strait generate --frob a", "strait frob", "strait check a")) {
            try {
                parse(words(wrong));
            } catch (CommandLine.ParameterException e) {
                continue;
            }
            throw new AssertionError(wrong + " was accepted");
        }
    }

    private static void check(Example example) {
        Matcher matcher = HEAD.matcher(example.command());
        assertTrue(matcher.matches(), example.command());
        boolean merged = !example.command().contains(" 2>/dev/null");
        Object[] words = words(matcher.group(1)).toArray();
        Strait.Result result = merged && matcher.group(2) == null ? Strait.runMerged(words) : Strait.run(words);
        List<String> actual = result.out().lines().toList();
        if (matcher.group(2) != null) {
            // a pipe takes stdout alone, and what stderr says comes first because head waits
            List<String> head = new ArrayList<>(merged ? result.errors() : List.of());
            head.addAll(actual.subList(0, Math.min(actual.size(), Integer.parseInt(matcher.group(2)))));
            actual = head;
        }
        if (!matches(example.expected(), actual)) {
            assertEquals(String.join("\n", example.expected()), String.join("\n", actual), example.command());
        }
    }

    private static CommandLine.ParseResult parse(List<String> words) {
        Console console = new Console(InputStream.nullInputStream(), System.out, System.err);
        String[] line = words.toArray(String[]::new);
        return PicocliLine.of(console, Program.COMMANDS)
                .parseArgs(EngineWords.of(List.of(line), console).own().toArray(new String[0]));
    }

    private static boolean matches(List<String> expected, List<String> actual) {
        if (expected.isEmpty()) {
            return actual.isEmpty();
        }
        List<String> rest = expected.subList(1, expected.size());
        if (expected.get(0).equals(ELLIPSIS)) {
            return matches(rest, actual) || (!actual.isEmpty() && matches(expected, actual.subList(1, actual.size())));
        }
        return !actual.isEmpty()
                && expected.get(0).equals(actual.get(0))
                && matches(rest, actual.subList(1, actual.size()));
    }

    /** The words after {@code strait}, up to what is the shell's. */
    private static List<String> words(String command) {
        Matcher strait = STRAIT.matcher(command.replaceFirst(" (\\||>|2>|<|&&|;).*", ""));
        assertTrue(strait.matches(), command);
        return strait.group(1) == null
                ? List.of()
                : Splitter.on(' ').omitEmptyStrings().splitToList(strait.group(1));
    }

    /** Commands that run in the repository as they stand; others (docker, other pipes, redirections) are only shown. */
    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String block : blocks("console")) {
            String command = null;
            List<String> expected = new ArrayList<>();
            for (String line : (block + "$ ").lines().toList()) {
                if (!line.startsWith("$ ")) {
                    expected.add(line);
                    continue;
                }
                if (command != null && isRunnable(command)) {
                    examples.add(new Example(command, List.copyOf(expected)));
                }
                command = line.substring(2).strip();
                expected.clear();
            }
        }
        return examples;
    }

    private static boolean isRunnable(String command) {
        Matcher matcher = HEAD.matcher(command);
        return STRAIT.matcher(command).matches()
                && matcher.matches()
                && !matcher.group(1).matches(".*([|<>;&$`]| -o | -- |'|\").*");
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }
}
