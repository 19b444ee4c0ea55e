package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The completion script, in the shell that it is for. */
class CompletionTest {
    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        Strait.Result result = Strait.run("completion");
        assertEquals(0, result.status());
        assertEquals("", result.err());
        script = Traces.write(directory, "strait.bash", result.out());
    }

    @Test
    void isValidBash() throws Exception {
        assertEquals("", bash("bash -n " + script));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strait gen              | generate",
                "strait s                | summarize syscalls",
                "strait generate --fo    | --format",
                "strait generate --no-l  | --no-layer",
                "strait check --prof     | --profile",
                "strait generate --format mo | moby",
                "strait generate --layer v  | vdso",
                "strait generate --arch risc | riscv64",
                "strait syscalls --arch loong | loongarch64",
                "strait generate --color al | always",
            })
    void completes(String line, String expected) throws Exception {
        String words = line.strip();
        String completed = bash("compopt() { :; }; source " + script + "; COMP_WORDS=(" + words
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));" + " COMP_LINE='" + words
                + "'; COMP_POINT=${#COMP_LINE}; _complete_strait; echo \"${COMPREPLY[@]}\"");
        assertEquals(expected, String.join(" ", completed.strip().split("\\s+")));
    }

    /** A script that has nothing of an option does not complete it. */
    @ParameterizedTest
    @EnumSource(Shell.class)
    void namesEveryCommandOptionAndWord(Shell shell) {
        String text = Strait.run("completion", shell).out();
        for (Command command : Program.commands(new Console(InputStream.nullInputStream(), System.out, System.err))) {
            assertTrue(text.contains(command.help().name()), command.help().name());
            for (Parameter<?> parameter : CommandHelp.parameters(command)) {
                for (String name : parameter.names()) {
                    String written = shell == Shell.FISH
                            ? name.replaceFirst("^--", "-l ").replaceFirst("^-(?=.$)", "-s ")
                            : name;
                    assertTrue(text.contains(written), name);
                }
                for (String word : parameter.type().words()) {
                    assertTrue(text.contains(word), word);
                }
            }
        }
    }

    /** Held to the shell itself where it is installed. */
    @ParameterizedTest
    @CsvSource({"zsh", "fish"})
    void isValidThere(String shell) throws Exception {
        Path other = Traces.write(
                directory, "strait." + shell, Strait.run("completion", shell).out());
        assertEquals("", bash("! command -v " + shell + " >/dev/null || " + shell + " -n " + other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strait gen                       | generate",
                "strait -q --color never gen      | generate",
                "strait generate --fo             | --format",
                "strait generate --format mo      | moby",
                "strait generate --target x86,aa  | x86,aarch64",
                "strait completion z              | zsh",
                "strait syscalls openat           | openat openat2",
            })
    void fishCompletes(String line, String expected) throws Exception {
        Path fish = Traces.write(
                directory, "strait.fish", Strait.run("completion", "fish").out());
        String completed = bash("command -v fish >/dev/null || { echo " + expected + "; exit; }; cd " + directory
                + " && HOME=. fish --no-config -c \"source " + fish + "; complete -C '" + line.strip()
                + "'\" | cut -f1");
        assertEquals(expected, String.join(" ", completed.strip().split("\\s+")));
    }

    private static String bash(String script) throws Exception {
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), out);
        return out;
    }
}
