package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages, and the programs that format them. */
class ManualPageTest {
    /** The requests that the pages use; any other would be text that was taken for one. */
    private static final Pattern REQUEST = Pattern.compile("\\.(TH|SH|TP|B|BR|nf|fi)( .*)?");

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        ManualPage.main(new String[] {directory.toString()});
    }

    @Test
    void thereIsOneForTheProgramAndForEachCommand() throws IOException {
        Set<String> expected = new TreeSet<>(Set.of("strait.1"));
        Program.COMMANDS.forEach(name -> expected.add("strait-" + name + ".1"));
        try (Stream<Path> files = Files.list(directory)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            assertEquals(expected, names);
        }
    }

    @Test
    void eachDescribesEveryParameter() throws IOException {
        for (Command command : Program.commands(new Console(InputStream.nullInputStream(), System.out, System.err))) {
            String page = Files.readString(
                            directory.resolve("strait-" + command.help().name() + ".1"))
                    .replace("\\-", "-")
                    .replace("\\(aq", "'");
            for (Parameter<?> parameter : CommandHelp.parameters(command)) {
                parameter.names().forEach(name -> assertTrue(page.contains("\\fB" + name + "\\fR"), name));
                assertTrue(page.contains("\n" + parameter.description() + "\n"), parameter.description());
                assertFalse(parameter.description().contains("${"), parameter.description());
            }
        }
    }

    @Test
    void textIsNoRequest() throws IOException {
        for (Path page : pages()) {
            for (String line : Files.readAllLines(page)) {
                assertTrue(
                        !line.startsWith("'")
                                && (!line.startsWith(".")
                                        || REQUEST.matcher(line).matches()),
                        line);
            }
        }
    }

    /** Held to what is installed. */
    @Test
    void groffAndMandocFindNoFault() throws Exception {
        for (Path page : pages()) {
            assertEquals("", sh("! command -v groff >/dev/null || groff -man -ww -z -Tutf8 " + page));
            assertEquals("", sh("! command -v mandoc >/dev/null || mandoc -Tlint -Werror " + page));
        }
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> pages = files.sorted().toList();
            assertTrue(pages.size() > 1, directory.toString());
            return pages;
        }
    }

    private static String sh(String script) throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), out);
        return out;
    }
}
