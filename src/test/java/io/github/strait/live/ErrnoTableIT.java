package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a profile does not allow has the same errno whatever reads the profile: runc, which answers ENOSYS for the numbers
 * above the highest that a profile names, crun, which does not, and bubblewrap, which takes a compiled filter. The profiles
 * have conditions on arguments. The traces are of x86-64.
 */
@RequiresTool(
        value = {"runc", "crun", "bwrap", "strace", "gcc", "busybox", "unshare"},
        asRoot = true)
class ErrnoTableIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** To regenerate it, run with {@code -Dstrait.regenerate=true}, and read the diff. */
    private static final Path TABLE = Path.of("src/site/markdown/errno-table.md");

    private static final ImmutableMap<String, String> ERRNOS = ImmutableMap.of("1", "EPERM", "38", "ENOSYS");
    private static final ImmutableList<String> READERS = ImmutableList.of("runc", "crun", "bubblewrap");

    /** Of which the profiles are; each may do what the program that asks for the errnos does, too. */
    private static final ImmutableList<String> PROGRAMS = ImmutableList.of("curl", "java", "nginx");

    @TempDir
    static Path folder;

    private static RootFileSystem root = new RootFileSystem(Path.of(""));

    @BeforeAll
    static void prepare() throws Exception {
        root = RootFileSystem.create(folder.resolve("root"));
    }

    @Test
    void everyReaderGivesTheSameErrnos() throws Exception {
        String program = root.compile("errnos.c");
        Path own = record(List.of(), List.of(root.outside(program), "none"));
        StringBuilder text = new StringBuilder("# The errno of denied calls\n\nWritten by a test, which runs them under"
                + " the profiles of three programs of `traces/`.\n");
        for (TracedProgram traced : TracedProgram.all()) {
            if (PROGRAMS.contains(traced.name())) {
                List<Path> evidence = new ArrayList<>(traced.evidence());
                evidence.add(own);
                text.append("\n## ").append(traced.name()).append("\n\n").append(table(profile(evidence), program));
            }
        }
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(TABLE, text);
        }
        assertEquals(Files.readString(TABLE), text.toString());
    }

    private static String table(byte[] profile, String program) throws Exception {
        ImmutableSet<String> allowed = allowed(profile);
        Map<String, List<String>> rows = new TreeMap<>();
        for (Outcome outcome : outcomes(profile, program)) {
            assertEquals(0, outcome.status(), outcome.text());
            outcome.text().lines().forEach(line -> {
                String call = line.substring(0, line.indexOf(' '));
                String errno = line.substring(line.indexOf(' ') + 1);
                rows.computeIfAbsent(call, key -> new ArrayList<>())
                        .add(allowed.contains(call) ? "allowed" : ERRNOS.getOrDefault(errno, errno));
            });
        }
        StringBuilder table = new StringBuilder("| call | " + String.join(" | ", READERS) + " |\n|---|---|---|---|\n");
        rows.forEach((call, cells) -> {
            assertEquals(1, ImmutableSet.copyOf(cells).size(), call + ": " + READERS + " give " + cells);
            table.append("| `" + call + "` | " + String.join(" | ", cells) + " |\n");
        });
        return table.toString();
    }

    /** What a C library that knows clone3 does where the kernel has none such; a profile shall not stand in its way. */
    @Test
    void threadsStartWithoutClone3() throws Exception {
        String program = root.compile("threads.c");
        Path older = record(List.of("--inject=clone3:error=ENOSYS"), List.of(root.outside(program)));
        Files.write(
                older,
                Files.readAllLines(older).stream()
                        .filter(line -> !line.contains("clone3"))
                        .toList());
        byte[] profile = profile(List.of(older));
        assertFalse(allowed(profile).contains("clone3"));
        for (Outcome outcome : outcomes(profile, program)) {
            assertEquals(new Outcome(0, "total 1998000\n"), outcome);
        }
    }

    /** Runs the program under each reader, in the order of their names. */
    private static List<Outcome> outcomes(byte[] profile, String program) throws Exception {
        Container container = new Container(root.folder(), profile, true, ImmutableList.of(program));
        return List.of(
                Again.untilItWorks(() -> container.run(OciRuntime.RUNC)),
                Again.untilItWorks(() -> container.run(OciRuntime.CRUN)),
                Again.untilItWorks(() -> new Sandbox(root, profile).run(program)));
    }

    /** With no_new_privs runc calls more than the other two, and all that these do. */
    private static byte[] profile(List<Path> evidence) throws Exception {
        return TracedProgram.generate(
                evidence, List.of("--runtime", OciRuntime.RUNC.spec(), "--no-new-privs", "--args", "safe"));
    }

    private static ImmutableSet<String> allowed(byte[] profile) throws IOException {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (JsonNode rule : JSON.readTree(profile).required("syscalls")) {
            if (rule.required("action").asText().equals("SCMP_ACT_ALLOW")) {
                rule.required("names").forEach(name -> names.add(name.asText()));
            }
        }
        return names.build();
    }

    /** Traces the command outside of a container. */
    private static Path record(List<String> options, List<String> command) throws Exception {
        Path trace = Files.createTempFile(folder, "trace-", ".strace");
        List<String> words =
                new ArrayList<>(List.of("strace", "-f", "-n", "-s", "0", "--quiet=attach", "-o", trace.toString()));
        words.addAll(options);
        words.add("--");
        words.addAll(command);
        Outcome.text(Path.of("."), words.toArray(String[]::new));
        return trace;
    }
}
