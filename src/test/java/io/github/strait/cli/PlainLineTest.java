package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The way around picocli, held against picocli. */
class PlainLineTest {
    /** What is read without picocli gives each parameter what picocli gives it, and picocli finds no mistake in it. */
    @Property(tries = 3000)
    void givesWhatPicocliGives(@ForAll("lines") Tuple2<String, List<String>> line) {
        agrees(line.get1(), line.get2());
    }

    @Provide
    Arbitrary<Tuple2<String, List<String>>> lines() {
        return Arbitraries.of(Program.COMMANDS)
                .flatMap(name -> Combinators.combine(
                                Arbitraries.just(name), words(name).list().ofMaxSize(5))
                        .as((command, groups) -> Tuple.of(
                                command, groups.stream().flatMap(List::stream).toList())));
    }

    /** An option with a value that may fit, an operand, or something odd. */
    private static Arbitrary<List<String>> words(String name) {
        List<String> options = new ArrayList<>();
        command(name).parameters().forEach(parameter -> options.addAll(parameter.names()));
        Arbitrary<String> option = Arbitraries.of(options);
        Arbitrary<String> value = Arbitraries.of(
                "oci",
                "moby",
                "x86,arm",
                "x86_64",
                "arm",
                "vdso",
                "vdso,runtime",
                "5.10",
                "ENOSYS",
                "never",
                "tree",
                "text",
                "json",
                "warning",
                "a.json",
                "-",
                "a b",
                "docker@20.10",
                "7",
                "2.5.2",
                "x=y",
                "a,b");
        Arbitrary<String> odd = Arbitraries.of(
                "",
                "--",
                "-q",
                "-v",
                "-qv",
                "-ofile",
                "-o=file",
                "--quie",
                "\"a,b\"",
                "'a'",
                "a,",
                ",",
                "-1",
                "@file",
                "${x}",
                "--output=",
                "--format=",
                "-o",
                "generate",
                "--help",
                "-V",
                "--strict=true");
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(option, value).as(List::of)),
                Tuple.of(4, Combinators.combine(option, value).as((o, v) -> List.of(o + "=" + v))),
                Tuple.of(3, option.map(List::of)),
                Tuple.of(4, value.map(List::of)),
                Tuple.of(2, odd.map(List::of)));
    }

    /** The usual lines are read without picocli, or this class is for nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate a.strace",
                "generate a.strace b.strace -o a.json --no-new-privs -q",
                "generate --format=moby --layer vdso,siblings --errno EACCES --kernel-baseline 5.4 -",
                "check a.strace --profile a.json --target x86_64,x86 --arch x86_64",
                "summarize a.strace --strict",
                "explain a.strace openat --color=never",
                "lint a.json --json",
                "verify a.json a.strace b.strace --minimal",
                "diff a.json b.json",
                "merge a.json b.json --caps CAP_CHOWN,CAP_KILL -o c.json",
                "convert a.json --format names",
                "syscalls",
                "syscalls openat --arch aarch64",
                "completion zsh",
                "record -o a.strace -- ls -l --quiet",
                "run --profile a.json ls -l -- -",
            })
    void readsTheUsual(String line) {
        List<String> words = List.of(line.split(" "));
        assertTrue(agrees(words.get(0), words.subList(1, words.size())), line);
    }

    @ParameterizedTest
    @CsvSource({
        "generate, --help", "generate, a -V", "generate, ''", "generate, a -qv", "generate, a --quiet=true",
        "generate, a --format", "generate, a --format xml", "generate, a --format --quiet", "check, a", "diff, a",
        "diff, a b c", "syscalls, -q -q", "completion, a"
    })
    void leavesTheRestToPicocli(String name, String words) {
        assertFalse(PlainLine.read(command(name), words.isEmpty() ? List.of() : List.of(words.split(" "))));
    }

    /** Whether it was read without picocli. */
    private static boolean agrees(String name, List<String> words) {
        Command plain = command(name);
        if (!PlainLine.read(plain, words)) {
            return false;
        }
        List<String> line = new ArrayList<>(List.of(name));
        line.addAll(words);
        ParseResult parsed;
        try {
            parsed = PicocliLine.of(console(), List.of(name))
                    .parseArgs(line.toArray(String[]::new))
                    .subcommand();
        } catch (ParameterException e) {
            throw new AssertionError(line + " is refused: " + e.getMessage(), e);
        }
        assertFalse(parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested(), line.toString());
        assertEquals(given(PicocliLine.fill(parsed)), given(plain), line.toString());
        return true;
    }

    private static Command command(String name) {
        return Objects.requireNonNull(Program.command(name, console()));
    }

    private static Console console() {
        return new Console(InputStream.nullInputStream(), System.out, System.err);
    }

    /** The values of all parameters. */
    private static List<String> given(Command command) {
        return command.parameters().stream()
                .map(parameter -> parameter.names() + parameter.label() + "=" + parameter.values())
                .toList();
    }
}
