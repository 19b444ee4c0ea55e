package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.Formats;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program without a C library that makes calls and prints what each returned. Under each reader of a profile it must
 * print the same. The small profile is for it: it allows four calls, returns ENOSYS for two, has conditions on three
 * (EQ, MASKED_EQ, EQ of 64 bits), and denies all others with EPERM.
 */
public enum Probe {
    /** Calls of x86_64, under the small profile. */
    ARGS("probe", "probe-args.txt"),

    /** Calls of x86_64, under the small profile {@link #byNames}. */
    NAMES("probe", "probe-names.txt"),

    /** Calls of i386, under the small profile for both ABIs, as libseccomp reads it: what allows socket allows socketcall. */
    ARGS_32("probe32", "probe32-args.txt");

    private static final Path RESOURCES = Path.of("src/test/resources/io/github/strait/live");
    private static final Map<String, Path> PROGRAMS = new HashMap<>();

    private final String source;
    private final String expected;

    Probe(String source, String expected) {
        this.source = source;
        this.expected = expected;
    }

    /** The small profile, for x86_64. */
    public static Profile profile() throws IOException {
        Path file = RESOURCES.resolve("probe.json");
        return Formats.read(file.toString(), Files.readAllBytes(file)).profile();
    }

    /** The small profile without what has conditions, for formats that have none. */
    public static Profile byNames() throws IOException {
        Profile profile = profile();
        return profile.withRules(
                profile.rules().stream().filter(rule -> !rule.isConditional()).toList());
    }

    /** The small profile, with calls that a reader needs for itself. */
    public static Profile allowing(Profile small, String... needs) {
        List<Rule> rules = new ArrayList<>(small.rules());
        rules.add(Rule.allow(needs));
        return small.withRules(rules);
    }

    /** The program, compiled once, in a folder that every user can read. Needs gcc, for 32 bits gcc-multilib too. */
    public Path program() throws IOException, InterruptedException {
        synchronized (PROGRAMS) {
            Path known = PROGRAMS.get(source);
            if (known == null) {
                known = compile();
                PROGRAMS.put(source, known);
            }
            return known;
        }
    }

    private Path compile() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strait-probe-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = folder.resolve(source);
        List<String> command = new ArrayList<>(
                List.of("gcc", "-O1", "-Wall", "-Werror", "-static", "-nostdlib", "-fno-stack-protector"));
        if (this == ARGS_32) {
            command.addAll(List.of("-m32", "-fno-pic", "-no-pie"));
        }
        command.addAll(List.of(
                "-o", program.toString(), RESOURCES.resolve(source + ".c").toString()));
        Outcome.text(Path.of("."), command.toArray(String[]::new));
        folder.toFile().deleteOnExit();
        program.toFile().deleteOnExit();
        return program;
    }

    /** Fails with the lines that differ unless the program printed what it should. */
    public void assertPrinted(String text) throws IOException {
        assertPrinted(text, ImmutableList.of());
    }

    /** The same where the reader needs these calls for itself, and so allows them. */
    public void assertPrinted(String text, List<String> allowed) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve(expected))) {
            String call = line.substring(0, line.indexOf(' '));
            lines.add(allowed.contains(call) ? call + " ok" : line);
        }
        assertEquals(List.of(), differences(lines, text.lines().toList()), () -> "it printed:\n" + text);
    }

    private static List<String> differences(List<String> expected, List<String> printed) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), printed.size()); i++) {
            String should = i < expected.size() ? expected.get(i) : "nothing";
            String is = i < printed.size() ? printed.get(i) : "nothing";
            if (!should.equals(is)) {
                differences.add(should + " expected, and it printed " + is);
            }
        }
        return differences;
    }
}
