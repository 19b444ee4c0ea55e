package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import io.github.strait.cli.Strait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code verify} says of Docker's default profile is what a program meets under it. The profile is what the Docker
 * Engine tells runc of its own accord, so that no copy of it can be out of date.
 */
@RequiresWorkloads
@RequiresTool({"docker", "dockerd", "containerd", "runc", "strace"})
class DockerDefaultIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONDITIONS = Path.of("src/test/resources/io/github/strait/live/conditions.json");
    private static final Pattern TOLD = Pattern.compile("^told (.*)$", Pattern.MULTILINE);
    private static final Pattern VERSION = Pattern.compile("^\\d+\\.\\d+");

    /** A line of strace that has the result of a call: its name, and the errno if it failed. */
    private static final Pattern RESULT = Pattern.compile(
            "^\\d+ +\\[ *\\w+\\] (?:<\\.\\.\\. )?(\\w+)(?:\\(.*| resumed>.*)= -?\\w+(?: ([A-Z]\\w+) \\(.*)?$");

    /** What the kernel's own checks of permission and the filter answer alike. */
    private static final Set<String> REFUSALS = Set.of("EPERM", "ENOSYS");

    @TempDir
    Path folder;

    /**
     * No gap of a committed trace but those that a run shows too, and of the run itself just those. Every program does its
     * work all the same: libc, the JVM and Node go another way then.
     */
    @Test
    void verifyFindsTheGapsThatTheProgramsMeet() throws Exception {
        Engine docker = new Engine("docker", folder);
        List<String> lines = new ArrayList<>(List.of("told"));
        TracedProgram.all().forEach(program -> lines.add(program + " default"));
        Outcome first = docker.run(lines);
        Map<String, Boolean> worked = Engine.worked(first);
        List<String> failed = lines.stream()
                .filter(line -> !line.equals("told") && !worked.getOrDefault(line, false))
                .toList();
        if (!failed.isEmpty()) {
            System.out.println("failed, and are tried again: " + failed + "\n" + first.text());
            Outcome second = docker.run(failed);
            worked.putAll(Engine.worked(second));
        }
        assertTrue(lines.stream().skip(1).allMatch(line -> worked.getOrDefault(line, false)), worked::toString);
        Path profile = folder.resolve("docker.json");
        Files.writeString(profile, told(first).get(0));

        Map<String, Set<String>> gaps = new TreeMap<>();
        Map<String, Set<String>> gapsOfTheRun = new TreeMap<>();
        Map<String, Set<String>> refused = new TreeMap<>();
        for (TracedProgram program : TracedProgram.all()) {
            for (Path trace : program.evidence()) {
                String name = trace.getFileName().toString().replaceFirst("\\.strace\\.zst$", "");
                Path seen = folder.resolve("seen").resolve(name + ".strace");
                gaps.put(name, gaps(profile, trace));
                gapsOfTheRun.put(name, gaps(profile, seen));
                refused.put(name, refused(seen));
            }
        }
        System.out.println("gaps under Docker's default profile: " + gaps);
        gaps.forEach((name, found) ->
                assertEquals(Set.of(), Sets.difference(found, refused.getOrDefault(name, Set.of())), name));
        assertEquals(refused, gapsOfTheRun);
        assertTrue(gaps.containsValue(Set.of()), "none without a gap: " + gaps);
        assertTrue(gaps.containsValue(Set.of("clone3 ENOSYS")), "none that makes threads: " + gaps);
    }

    /** Rules that ask for capabilities, a kernel or an architecture count for verify and diff as they do for Docker. */
    @Test
    void dockerChoosesConditionalRulesAsWeDo() throws Exception {
        ImmutableMap<String, String> capabilities = ImmutableMap.of(
                "", "default",
                "--cap-add=SYS_ADMIN", "default,SYS_ADMIN",
                "--cap-drop=ALL", "none",
                "--cap-drop=ALL --cap-add=SYS_ADMIN", "SYS_ADMIN",
                "--cap-add=SYS_ADMIN --cap-add=SYS_TIME", "default,SYS_ADMIN,SYS_TIME");
        List<String> lines = capabilities.keySet().stream()
                .map(options -> "told --security-opt seccomp=" + CONDITIONS.toAbsolutePath() + " " + options)
                .toList();
        Outcome outcome = new Engine("docker", folder).run(lines);
        ImmutableList<String> told = told(outcome);
        assertEquals(lines.size(), told.size(), outcome.text());
        for (int i = 0; i < told.size(); i++) {
            Path byDocker = Files.writeString(folder.resolve("told" + i + ".json"), told.get(i));
            for (String chosen : capabilities.values()) {
                boolean same = chosen.equals(capabilities.values().asList().get(i));
                Strait.Result diff = Strait.run("diff", byDocker, CONDITIONS, "--caps", chosen, "--kernel", kernel());
                assertEquals(same ? 0 : 1, diff.status(), lines.get(i) + ", " + chosen + ": " + diff);
            }
        }
    }

    private static ImmutableList<String> told(Outcome outcome) {
        return TOLD.matcher(outcome.text())
                .results()
                .map(line -> line.group(1))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@code CALL ERRNO} for each call that the profile refuses, those for which another one stands in among them. */
    private static Set<String> gaps(Path profile, Path trace) throws IOException {
        Strait.Result result = Strait.run("verify", "--format", "json", profile, trace);
        assertTrue(result.status() < 2, result.err());
        JsonNode document = JSON.readTree(result.out());
        Set<String> gaps = new TreeSet<>();
        for (JsonNode refused : Iterables.concat(document.required("gaps"), document.required("replaced"))) {
            for (JsonNode answer : refused.required("answers")) {
                gaps.add(refused.required("syscall").asText() + " "
                        + answer.required("errno").asText());
            }
        }
        assertEquals(0, document.required("undecided").size(), result.out());
        return gaps;
    }

    /** {@code CALL ERRNO} for each call that never did anything but fail so. */
    private static Set<String> refused(Path trace) throws IOException {
        Map<String, Set<String>> results = new TreeMap<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher result = RESULT.matcher(line);
            if (result.matches()) {
                String errno = result.group(2);
                results.computeIfAbsent(result.group(1), call -> new TreeSet<>())
                        .add(errno == null ? "" : errno);
            }
        }
        assertTrue(results.containsKey("execve"), trace + " shows nothing");
        Set<String> refused = new TreeSet<>();
        results.forEach((call, errnos) -> {
            if (errnos.size() == 1 && REFUSALS.containsAll(errnos)) {
                refused.add(call + " " + String.join("", errnos));
            }
        });
        return refused;
    }

    private static String kernel() {
        Matcher version = VERSION.matcher(System.getProperty("os.version"));
        assertTrue(version.find(), "no version of the kernel");
        return version.group();
    }
}
