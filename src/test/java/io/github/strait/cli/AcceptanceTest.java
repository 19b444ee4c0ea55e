package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What four runtimes did with documents at the edge of the format, against what strait says about them: lint has an error,
 * and verify refuses to read, exactly where the runtime that is asked about starts no container; convert, which is asked
 * about none, follows Docker. Rows of {@code edge-exceptions.tsv} say where not, and why.
 */
class AcceptanceTest {
    private static final List<String> RUNTIMES = List.of("runc", "crun", "docker", "podman");
    /** The checks that find a hole in a denylist. */
    private static final List<String> OPENINGS = List.of("default-allow", "high-bits", "mask", "trace-action");

    private static final Splitter TAB = Splitter.on('\t');

    @TempDir
    private static Path directory;

    /** A document and the runtimes that start a container under it. */
    private record Edge(String name, byte[] content, Map<String, Boolean> starts) {}

    @TestFactory
    Stream<DynamicTest> straitAgreesWithTheRuntimeThatItIsAskedAbout() throws IOException {
        Path trace = Files.writeString(
                directory.resolve("t.strace"),
                "1 execve(\"/bin/true\", [\"true\"], 0x7ffd1e5c1e38 /* 3 vars */) = 0\n1 exit_group(0) = ?\n"
                        + "1 +++ exited with 0 +++\n");
        Set<String> exceptions = exceptions().keySet();
        return edges().stream()
                .map(edge -> DynamicTest.dynamicTest(
                        edge.name(),
                        () -> assertEquals(
                                new TreeSet<>(exceptions.stream()
                                        .filter(key -> key.startsWith(edge.name() + " "))
                                        .toList()),
                                disagreements(edge, trace))));
    }

    @Test
    void everyExceptionSaysWhy() throws IOException {
        Set<String> names = new HashSet<>();
        edges().forEach(edge -> names.add(edge.name()));
        exceptions().forEach((key, why) -> {
            assertTrue(names.contains(key.substring(0, key.indexOf(' '))), key);
            assertTrue(why.length() > 20, key);
        });
    }

    private static TreeSet<String> disagreements(Edge edge, Path trace) throws IOException {
        TreeSet<String> wrong = new TreeSet<>();
        Path file = Files.write(directory.resolve(edge.name() + ".json"), edge.content());
        edge.starts().forEach((runtime, starts) -> {
            if (starts == hasError(Strait.run("lint", "--runtime", runtime, file))) {
                wrong.add(edge.name() + " lint " + runtime);
            }
            if (starts
                    == (Strait.run("verify", "--arch", "x86_64", "--runtime", runtime, file, trace)
                                    .status()
                            == 2)) {
                wrong.add(edge.name() + " verify " + runtime);
            }
        });
        boolean starts = edge.starts().getOrDefault("docker", false);
        if (starts
                != (Strait.run("convert", "--arch", "x86_64", "--no-comments", "--format", "oci", file)
                                .status()
                        == 0)) {
            wrong.add(edge.name() + " convert docker");
        }
        return wrong;
    }

    /** Not counting what allows more than is meant, which stops nothing. */
    private static boolean hasError(Strait.Result lint) {
        return lint.status() == 2
                || lint.out()
                        .lines()
                        .anyMatch(line -> line.contains(": error: ")
                                && OPENINGS.stream().noneMatch(id -> line.endsWith("[" + id + "]")));
    }

    private static List<Edge> edges() throws IOException {
        List<Edge> edges = new ArrayList<>();
        for (String row : rows("edge/acceptance.tsv")) {
            List<String> cells = TAB.splitToList(row);
            String name = cells.get(0).replace(".json", "");
            edges.add(new Edge(name, Resources.toByteArray(resource("edge/" + cells.get(0))), starts(cells)));
        }
        for (String row : rows("edge-variants.tsv")) {
            List<String> cells = TAB.splitToList(row);
            edges.add(new Edge("v-" + cells.get(0), bytes(cells.get(5)), starts(cells)));
        }
        return edges;
    }

    private static Map<String, Boolean> starts(List<String> cells) {
        Map<String, Boolean> starts = new LinkedHashMap<>();
        for (int i = 0; i < RUNTIMES.size(); i++) {
            starts.put(RUNTIMES.get(i), cells.get(i + 1).equals("starts"));
        }
        return starts;
    }

    /** By document, command and runtime: the reason. */
    private static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new LinkedHashMap<>();
        for (String row : rows("edge-exceptions.tsv")) {
            List<String> cells = TAB.splitToList(row);
            for (String command : Splitter.on(',').split(cells.get(1))) {
                for (String runtime : Splitter.on(',').split(cells.get(2))) {
                    exceptions.put(cells.get(0) + " " + command + " " + runtime, cells.get(3));
                }
            }
        }
        return exceptions;
    }

    /** Without the comment and the titles. */
    private static List<String> rows(String resource) throws IOException {
        return Resources.toString(resource(resource), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .toList();
    }

    private static URL resource(String name) {
        return Resources.getResource(AcceptanceTest.class, name);
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                i += text.startsWith("\\\\", i) ? 1 : 0;
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
