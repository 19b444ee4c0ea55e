package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.Emulator;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.c.CArrays;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What each format says of a profile, on a page. {@code same} is not what a format claims: the document is read back, or
 * its filter is run, for all calls and arguments that the profile tells apart; or a test compares what its reader does.
 */
class FormatTableTest {
    /** To regenerate it, run with {@code -Dstrait.regenerate=true}, and read the diff. */
    private static final Path PAGE = Path.of("src/site/markdown/formats/table.md");

    private static final Path TESTS = Path.of("src/test/java");
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int ENOSYS = 38;
    private static final int CALLS = 500;

    /** What shows that a live test compares meanings: the probe is run, or filters are compared. */
    private static final Pattern COMPARES = Pattern.compile("\\bProbe\\.|\\bDifferences\\.");

    private static final String HEAD = """
            # What each format says of a profile

            Written by a test. Each profile allows four calls of x86_64, denies the rest with EPERM, and has one thing more. `same`: every call of
            the ABIs that it lists gets the decision of the profile. `permits the same`: denied calls may get another error. `error`: nothing is
            written, for the reason below. A warning is named where a reader does more than the profile says.

            """;

    /** A thing more than names, in a profile. */
    private enum Feature {
        NAMES("names", profile -> profile),
        EQ("EQ", profile -> profile.rule(lseek(Condition.of(1, Operator.EQ, 2)))),
        MASKED_EQ("MASKED_EQ", profile -> profile.rule(lseek(Condition.maskedEqual(1, 0xff00, 0x100)))),
        EQ_64("64-bit EQ", profile -> profile.rule(lseek(Condition.of(1, Operator.EQ, 0x100000002L)))),
        ENOSYS_RULE("ENOSYS rule", profile -> profile.rule(Rule.errno(ENOSYS, "clone3", "uname"))),
        DEFAULT_ERRNO("default EACCES", profile -> profile.defaultErrnoRet(EACCES)),
        TWO_ABIS("two ABIs", profile -> profile.architectures(Arch.X86));

        private final String label;
        private final UnaryOperator<Profile.Builder> change;

        Feature(String label, UnaryOperator<Profile.Builder> change) {
            this.label = label;
            this.change = change;
        }

        private static Rule lseek(Condition condition) {
            return Rule.builder(Action.ALLOW).name("lseek").condition(condition).build();
        }

        Profile on(Action byDefault) {
            Profile.Builder base = Profile.builder(byDefault)
                    .architectures(Arch.X86_64)
                    .rule(Rule.allow("execve", "exit_group", "getpid", "write"));
            return change.apply(byDefault == Action.ERRNO ? base.defaultErrnoRet(EPERM) : base)
                    .build();
        }
    }

    private final List<String> errors = new ArrayList<>();

    @Test
    void thePageIsTrue() throws IOException {
        StringBuilder page = new StringBuilder(HEAD).append("| format |");
        for (Feature feature : Feature.values()) {
            page.append(' ').append(feature.label).append(" |");
        }
        page.append(" shown by |\n|---|")
                .append("---|".repeat(Feature.values().length))
                .append("---|\n");
        for (ProfileFormat format : Formats.all()) {
            page.append(row(format));
        }
        page.append('\n');
        errors.forEach(error -> page.append(error).append('\n'));
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString());
    }

    private String row(ProfileFormat format) throws IOException {
        List<String> oracles = new ArrayList<>();
        byte[] usual = firstWritten(format);
        Optional<Function<SeccompData, Decision>> meaning = meaning(format, usual);
        if (meaning.isPresent()) {
            oracles.add(format.traits().has(Ability.READABLE) ? "read back here" : "run here");
        }
        Formats.all().stream()
                .filter(other -> other != format && other.asText().equals(format.name()))
                .forEach(other -> oracles.add(listed(other, usual)));
        for (String test : tests(format)) {
            oracles.add("`" + test + "`");
        }
        if (!hasRules(format)) {
            oracles.add("it names a file that has the rules");
        }
        assertFalse(oracles.isEmpty(), () -> "no test shows what a reader of '" + format + "' does with a document");
        StringBuilder row = new StringBuilder("| `" + format + "` |");
        for (Feature feature : Feature.values()) {
            row.append(' ').append(cell(format, feature)).append(" |");
        }
        return row.append(' ').append(String.join(", ", oracles)).append(" |\n").toString();
    }

    /** The other format of which this document is a listing. */
    private static String listed(ProfileFormat other, byte[] listing) {
        Program program = Program.decode(firstWritten(other), ByteOrder.LITTLE_ENDIAN);
        assertTrue(new String(listing, StandardCharsets.UTF_8).startsWith(Disassembler.print(program)));
        return "a listing of `" + other + "`";
    }

    private static byte[] firstWritten(ProfileFormat format) {
        return Stream.of(Action.ERRNO, Action.KILL_PROCESS, Action.KILL_THREAD)
                .flatMap(byDefault -> written(format, Feature.NAMES.on(byDefault)).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(format + " writes no names"));
    }

    /** Whether a document differs where a call more is allowed. */
    private static boolean hasRules(ProfileFormat format) {
        Profile more = Feature.NAMES.on(Action.ERRNO).toBuilder()
                .rule(Rule.allow("getppid"))
                .build();
        return written(format, more)
                .map(document -> !Arrays.equals(document, firstWritten(format)))
                .orElse(true);
    }

    private static Optional<byte[]> written(ProfileFormat format, Profile profile) {
        try {
            return Optional.of(format.write(profile));
        } catch (RefusalException e) {
            assertEquals("inexpressible-profile", e.diagnostic().code());
            return Optional.empty();
        }
    }

    private String cell(ProfileFormat format, Feature feature) {
        List<Action> defaults = feature == Feature.DEFAULT_ERRNO
                ? List.of(Action.ERRNO)
                : List.of(Action.ERRNO, Action.KILL_PROCESS, Action.KILL_THREAD);
        for (Action byDefault : defaults) {
            Profile profile = feature.on(byDefault);
            Optional<byte[]> document = written(format, profile);
            if (document.isPresent()) {
                String note = byDefault == Action.ERRNO ? "" : ", with " + byDefault.token() + " as the default";
                return said(format, profile, document.get()) + note + warned(format, profile);
            }
        }
        return error(format, feature);
    }

    private String error(ProfileFormat format, Feature feature) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> format.write(feature.on(Action.ERRNO)));
        String words = refusal.getMessage().replaceFirst("^format '" + format + "' ", "");
        errors.add("- `" + format + "`, " + feature.label + ": " + words);
        return "error";
    }

    private static String said(ProfileFormat format, Profile profile, byte[] document) {
        if (!hasRules(format)) {
            return "no rules";
        }
        Optional<Function<SeccompData, Decision>> meaning = meaning(format, document);
        boolean isSame = true;
        for (SeccompData call : calls(profile)) {
            Decision expected = profile.decide(call);
            Decision actual = meaning.map(some -> some.apply(call)).orElse(expected);
            assertEquals(expected.action().permits(), actual.action().permits(), () -> format + ": " + call);
            isSame &= expected.equals(actual);
        }
        return isSame ? "same" : "permits the same";
    }

    private static String warned(ProfileFormat format, Profile profile) {
        return format.cautions(profile).stream()
                .map(Diagnostic::code)
                .distinct()
                .map(code -> ", warns `" + code + "`")
                .collect(Collectors.joining());
    }

    private static List<SeccompData> calls(Profile profile) {
        List<SeccompData> calls = new ArrayList<>();
        for (Arch abi : profile.architectures()) {
            for (int number = 0; number < CALLS; number++) {
                for (long argument : new long[] {0, 2, 0x100, 0x1100, 0x100000002L, 0x100000100L}) {
                    calls.add(SeccompData.of(abi, number, 7, argument));
                }
            }
        }
        return calls;
    }

    /** What a document says, if something here understands it. */
    private static Optional<Function<SeccompData, Decision>> meaning(ProfileFormat format, byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return switch (format.name()) {
            case "bpf" -> Optional.of(run(Program.decode(document, ByteOrder.LITTLE_ENDIAN)));
            case "c" -> Optional.of(run(CArrays.of(text).values().asList().get(0)));
            case "crun-annotation" ->
                Optional.of(run(Program.decode(
                        Base64.getDecoder().decode(text.strip().replaceFirst("^[^=]*=", "")),
                        ByteOrder.LITTLE_ENDIAN)));
            default ->
                format.traits().has(Ability.READABLE)
                        ? Optional.of(Formats.read("f", document).profile()::decide)
                        : Optional.empty();
        };
    }

    private static Function<SeccompData, Decision> run(Program program) {
        return call -> Emulator.run(program, call).decision();
    }

    /** Those that have this format written: live tests that compare meanings, and its own properties. */
    private static List<String> tests(ProfileFormat format) throws IOException {
        Pattern written = Pattern.compile("\\b" + constant(format) + "\\b");
        Path own = Path.of(format.getClass().getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().matches(".*(IT|Properties)\\.java"))
                    .filter(file -> {
                        String source = read(file);
                        return written.matcher(source).find()
                                && (file.getParent().endsWith(own)
                                        || COMPARES.matcher(source).find());
                    })
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }

    /** What sources call the format, such as {@code OciFormat.OCI}. */
    private static String constant(ProfileFormat format) {
        Class<?> type = format.getClass();
        for (Field field : type.getFields()) {
            try {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) == format) {
                    return type.getSimpleName() + "." + field.getName();
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no constant for " + format);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
