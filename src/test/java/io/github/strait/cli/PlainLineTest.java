package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The way around picocli, held against picocli. */
class PlainLineTest {
    private static final Path TABLES = Path.of("src/main/resources/io/github/strait/cli/options");

    private static final List<String> NAMES = List.of(
            "record",
            "run",
            "generate",
            "summarize",
            "check",
            "explain",
            "lint",
            "verify",
            "diff",
            "merge",
            "convert",
            "syscalls");

    /** Write the tables anew with {@code -Dstrait.regenerate=true}. */
    @Test
    void theTablesAreThoseOfPicocli() throws IOException {
        Map<String, CommandLine> commands = OptionTables.commands();
        commands.remove("completion"); // needs picocli's model
        assertEquals(NAMES, List.copyOf(commands.keySet()));
        for (Map.Entry<String, CommandLine> command : commands.entrySet()) {
            Path table = TABLES.resolve(command.getKey() + ".tsv");
            String expected = OptionTables.of(command.getValue());
            if (Boolean.getBoolean("strait.regenerate")) {
                Files.createDirectories(TABLES);
                Files.writeString(table, expected);
            }
            assertEquals(expected, Files.readString(table), table + ": write it anew with -Dstrait.regenerate=true");
        }
        assertFalse(Files.exists(TABLES.resolve("completion.tsv")));
    }

    /** What is read without picocli sets each field as picocli does, and picocli finds no mistake in it. */
    @Property(tries = 3000)
    void setsWhatPicocliSets(@ForAll("lines") Tuple2<String, List<String>> line) {
        agrees(line.get1(), line.get2());
    }

    @Provide
    Arbitrary<Tuple2<String, List<String>>> lines() {
        return Arbitraries.of(NAMES)
                .flatMap(name -> Combinators.combine(
                                Arbitraries.just(name), words(name).list().ofMaxSize(5))
                        .as((command, groups) -> Tuple.of(
                                command, groups.stream().flatMap(List::stream).toList())));
    }

    /** An option with a value that may fit, an operand, or something odd. */
    private static Arbitrary<List<String>> words(String name) {
        List<String> options = new ArrayList<>();
        OptionTables.commands()
                .get(name)
                .getCommandSpec()
                .options()
                .forEach(option -> options.addAll(List.of(option.names())));
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
        "diff, a b c", "syscalls, -q -q", "completion, ''", "help, generate"
    })
    void leavesTheRestToPicocli(String name, String words) {
        assertFalse(PlainLine.fill(new Object(), name, words.isEmpty() ? List.of() : List.of(words.split(" "))));
    }

    /** Whether it was read without picocli. */
    private static boolean agrees(String name, List<String> words) {
        Callable<?> plain = program(name);
        if (!PlainLine.fill(plain, name, words)) {
            assertEquals(state(program(name)), state(plain), "changed before it gave up");
            return false;
        }
        CommandLine picocli = OptionTables.commands().get(name).getParent();
        List<String> line = new ArrayList<>(List.of(name));
        line.addAll(words);
        try {
            picocli.parseArgs(line.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new AssertionError(line + " is refused: " + e.getMessage(), e);
        }
        CommandLine command = picocli.getSubcommands().get(name);
        assertFalse(command.isUsageHelpRequested() || command.isVersionHelpRequested(), line.toString());
        assertEquals(state(command.getCommandSpec().userObject()), state(plain), line.toString());
        return true;
    }

    private static Callable<?> program(String name) {
        return Objects.requireNonNull(
                Main.program(name, new Console(InputStream.nullInputStream(), System.out, System.err)));
    }

    /** The values of all fields, those of the mixins too. */
    private static Map<String, String> state(Object command) {
        Map<String, String> state = new LinkedHashMap<>();
        OptionTables.fields(command.getClass(), "").forEach((field, path) -> {
            if (!path.equals("console")) {
                state.put(path, String.valueOf(value(command, path)));
            }
        });
        return state;
    }

    private static Object value(Object owner, String path) {
        Object value = owner;
        try {
            for (String step : path.split("\\.")) {
                Field field = value.getClass().getDeclaredField(step);
                field.setAccessible(true);
                value = field.get(value);
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(path, e);
        }
        return value;
    }
}
