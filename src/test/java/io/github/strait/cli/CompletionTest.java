package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "strait generate --format m | moby",
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

    @Test
    void knowsEveryCommand() throws IOException {
        String commands = Strait.run("completion").out();
        for (String name : List.of("generate", "summarize", "check", "explain", "syscalls", "completion")) {
            assertTrue(commands.contains("_picocli_strait_" + name), name);
        }
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
