package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.api.OutputFormat;
import io.github.strait.api.StartRequest;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each format and each runtime takes as the default action, on a page. */
class DefaultActionTest {
    /** To regenerate it, run with {@code -Dstrait.regenerate=true}, and read the diff. */
    private static final Path PAGE = Path.of("src/site/markdown/formats/default-actions.md");

    private static final List<String> CHOICES = List.of(
            "errno --errno EPERM", "errno --errno ENOSYS", "errno --errno EACCES", "kill-process", "log", "trap");

    private static final String HEAD = """
            # What unlisted calls may get

            Written by a test, which generates a profile of x86_64 with each `--default-action` for each format. `written`: `check` with the same options
            finds the document up to date. `error`: nothing is written, for the reason below.

            """;

    private static final String RUNTIMES = """

            ## Runtimes

            With `--format oci`. `taken`: `generate` says nothing of the runtime. `warns`: it writes the profile and warns, in the words below.

            """;

    @TempDir
    private Path directory;

    private final List<String> words = new ArrayList<>();
    private Path trace = Path.of("");

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
    }

    @Test
    void thePageIsTrue() throws IOException {
        StringBuilder page = new StringBuilder(HEAD).append(head("format"));
        for (String format : OutputFormat.names()) {
            row(page, "--format " + format, format);
            if (format.equals("minijail")) {
                row(page, "--format minijail --dialect compiler", "minijail --dialect compiler");
            }
        }
        page.append('\n').append(String.join("", words)).append(RUNTIMES).append(head("runtime"));
        words.clear();
        for (String runtime : runtimes()) {
            page.append("| `").append(runtime).append("` |");
            CHOICES.forEach(choice ->
                    page.append(' ').append(cautioned(runtime, choice)).append(" |"));
            page.append('\n');
        }
        page.append('\n').append(String.join("", words));
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString());
    }

    private static String head(String first) {
        return "| " + first + " | " + String.join(" | ", CHOICES).replace("errno --errno ", "") + " |\n"
                + "|---".repeat(CHOICES.size() + 1) + "|\n";
    }

    private void row(StringBuilder page, String options, String label) throws IOException {
        page.append("| `").append(label).append("` |");
        for (String choice : CHOICES) {
            page.append(' ').append(written(options, label, choice)).append(" |");
        }
        page.append('\n');
    }

    private String written(String options, String label, String choice) throws IOException {
        Path document = directory.resolve("document");
        Files.deleteIfExists(document);
        String chosen = options + " --runtime none --default-action " + choice;
        Result result = run("generate", chosen, "-o", document);
        if (result.status() != 0) {
            assertTrue(Files.notExists(document), chosen);
            words.add("- `" + label + "`, " + choice(choice) + ": " + last(result) + "\n");
            return "error";
        }
        assertEquals(0, run("check", chosen, "--profile", document).status(), chosen);
        if (choice.equals("log")) {
            assertStaged(result.err(), document);
        }
        return "written";
    }

    /** The command that the summary names takes what is written. */
    private void assertStaged(String summary, Path document) throws IOException {
        Path log = Traces.write(directory, "audit.log", """
                type=SECCOMP msg=audit(1700000000.123:45): auid=0 uid=0 gid=0 ses=1 pid=7 comm="cat" exe="/bin/cat" sig=0 arch=c000003e syscall=321 compat=0 ip=0x7f0f58fc6829 code=0x7ffc0000
                """);
        String said =
                "  unlisted calls are logged and run: for staging, it protects nothing; find them in the log with: ";
        if (summary.contains(said + "strait merge PROFILE LOG\n")) {
            Result merged = Strait.run("merge", document, log, "-o", directory.resolve("merged"));
            assertEquals(0, merged.status(), merged.err());
        } else {
            assertTrue(summary.contains(said + "strait generate EVIDENCE LOG\n"), summary);
            assertEquals(0, Strait.run("generate", trace, log).status());
        }
    }

    /** Every word that {@code --runtime} takes without evidence, and some with a version. */
    private static List<String> runtimes() {
        return Stream.concat(
                        StartRequest.runtimes().stream(),
                        Stream.of("runsc", "bwrap", "crio", "runc@1.1.5", "systemd@257"))
                .toList();
    }

    private String cautioned(String runtime, String choice) {
        Result result = run("generate", "--runtime " + runtime + " --default-action " + choice);
        assertEquals(0, result.status(), result.err());
        for (String line : result.errors()) {
            if (line.contains("[runtime-action]")) {
                words.add("- `" + runtime + "`, " + choice(choice) + ": "
                        + line.replace("strait: warning: ", "").replace(" [runtime-action]", "") + "\n");
                return "warns";
            }
        }
        return "taken";
    }

    @Test
    void anOldLibraryHasNotAllActions() {
        for (String choice : CHOICES) {
            String old = run("generate", "--libseccomp 2.3.1 --default-action " + choice)
                    .err();
            assertEquals(choice.equals("log") || choice.equals("kill-process"), old.contains("so nothing starts"), old);
            assertTrue(!run("generate", "--libseccomp 2.4.1 --default-action " + choice)
                    .err()
                    .contains("so nothing starts"));
            assertTrue(!run("generate", "--format bpf-asm --libseccomp 2.3.1 --default-action " + choice)
                    .err()
                    .contains("so nothing starts"));
        }
    }

    @Test
    void onlyAnErrorHasAName() {
        for (String choice : List.of("kill-process", "log", "trap")) {
            Result result = run("generate", "--errno EPERM --default-action " + choice);
            assertEquals(2, result.status());
            assertTrue(result.err().contains("--errno is for --default-action errno"), result.err());
        }
        assertEquals(2, run("generate", "--errno 0").status());
        assertEquals(2, run("generate", "--errno 0 --default-action errno").status());
        Result names = run("generate", "--format names --errno ENOSYS");
        assertEquals(2, names.status());
        assertTrue(names.err().contains("leave --errno out"), names.err());
        assertEquals(0, run("generate", "--format names --errno EPERM").status());
    }

    private Result run(String command, String options, Object... more) {
        return Strait.run(Stream.of(Stream.of(command, trace), Arrays.stream(options.split(" ")), Arrays.stream(more))
                .flatMap(each -> each)
                .toArray());
    }

    private static String choice(String choice) {
        return choice.replace("errno --errno ", "");
    }

    private static String last(Result result) {
        List<String> lines = result.errors();
        return lines.get(lines.size() - 1)
                .replaceFirst("^strait: error: (format '[^']*' )?", "")
                .replaceFirst(" \\[[a-z-]+\\]$", "");
    }
}
