package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import io.github.strait.cli.Strait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user does: an unchanged image is recorded with the recording runtime, its trace gives a profile, and the same
 * container does its work under that profile with the engine's own runtime. The images are a static busybox, nginx on a
 * Debian root, and one static program with nothing beside it.
 *
 * <p>Of each container ten observed calls are removed from the profile, one at a time. A removal is noticed where the
 * container does not do its work, or ends with another status; or else, because programs ignore two of five calls when
 * these fail with EPERM, where {@code verify} names the call in a recording of the container under that profile.
 */
class RecordedContainerIT {
    private static final Path NGINX = TracedProgram.WORKLOADS.resolve("nginx/nginx.conf");
    private static final ImmutableList<String> CONTAINERS = ImmutableList.of("busybox", "nginx", "threads");
    private static final Pattern RAN = Pattern.compile("^ran (\\S+) (\\d+)$", Pattern.MULTILINE);
    private static final int REMOVALS = 10;
    private static final int NOTICED_AT_LEAST = 9;
    private static final long SEED = 15;

    @TempDir
    Path folder;

    @Test
    @RequiresTool(
            value = {"podman", "crun", "strace", "unshare", "ip", "gcc", "nginx", "curl"},
            asRoot = true)
    void podman() throws Exception {
        assertShown("podman", OciRuntime.CRUN);
    }

    @Test
    @RequiresTool(
            value = {"docker", "dockerd", "containerd", "runc", "strace", "unshare", "ip", "gcc", "nginx", "curl"},
            asRoot = true)
    void docker() throws Exception {
        assertShown("docker", OciRuntime.RUNC);
    }

    private void assertShown(String engine, OciRuntime runtime) throws Exception {
        makeImages();
        List<Start> recordings = CONTAINERS.stream()
                .map(name -> new Start(name, name, "record", "default"))
                .toList();
        assertEquals(Set.of(), failed(recordings, run(engine, recordings)), "recorded");

        List<Start> whole = new ArrayList<>();
        List<Removal> removals = new ArrayList<>();
        for (String name : CONTAINERS) {
            TracedProgram program = new TracedProgram(name, ImmutableList.of(trace(name)));
            byte[] profile = program.profile(List.of("--runtime", runtime.spec()));
            String file = write(name, profile);
            whole.add(new Start(name + "-plain", name, "plain", file));
            whole.add(new Start(name + "-again", name, "record", file));
            List<String> calls = new ArrayList<>(Sets.intersection(
                    program.observedCalls(), program.allowedCalls(List.of("--runtime", runtime.spec()))));
            Collections.shuffle(calls, new Random(SEED));
            for (String call : calls.subList(0, REMOVALS)) {
                String id = name + "-" + call;
                byte[] without = WithoutCall.bytes(WithoutCall.of(profile, call));
                removals.add(new Removal(call, new Start(id, name, "record", write(id, without))));
            }
        }
        List<Start> all = new ArrayList<>(whole);
        removals.forEach(removal -> all.add(removal.start()));
        Map<String, Integer> statuses = run(engine, all);
        Set<String> broken = failed(whole, statuses);
        if (!broken.isEmpty()) {
            System.out.println("failed, and are tried again: " + broken);
            statuses.putAll(run(engine, whole));
        }
        assertEquals(Set.of(), failed(whole, statuses), "under the profile");
        for (String name : CONTAINERS) {
            assertNoticed(name, removals, statuses);
        }
    }

    private void assertNoticed(String name, List<Removal> removals, Map<String, Integer> statuses) throws IOException {
        TreeSet<String> byWork = new TreeSet<>();
        TreeSet<String> byRecording = new TreeSet<>();
        TreeSet<String> unnoticed = new TreeSet<>();
        for (Removal removal : removals) {
            if (!removal.start().name().equals(name)) {
                continue;
            }
            if (statuses.get(removal.start().id()) != 0) {
                byWork.add(removal.call());
            } else {
                (isNamed(removal) ? byRecording : unnoticed).add(removal.call());
            }
        }
        String result = name + ": noticed by its work " + byWork + ", by the recording " + byRecording
                + ", not noticed " + unnoticed;
        System.out.println(result);
        assertTrue(byWork.size() + byRecording.size() >= NOTICED_AT_LEAST, result);
    }

    /** Whether a recording under the profile shows that it denies the call. */
    private boolean isNamed(Removal removal) throws IOException {
        Strait.Result result = Strait.run(
                "verify", "-q", removal.start().profile(), trace(removal.start().id()));
        assertTrue(result.status() == 0 || result.status() == 1, result.err());
        return result.status() == 1
                && Pattern.compile("\\b" + removal.call() + "\\b")
                        .matcher(result.out())
                        .find();
    }

    private void makeImages() throws IOException, InterruptedException {
        RootFileSystem busybox = RootFileSystem.create(folder.resolve("busybox.root"));
        RootFileSystem threads = RootFileSystem.create(folder.resolve("threads.root"));
        Files.delete(threads.folder().resolve("bin/busybox"));
        threads.compile("threads.c");
        for (RootFileSystem root : List.of(busybox, threads)) {
            String tar = root.folder().toString().replaceFirst("root$", "tar");
            Outcome.text(root.folder(), "tar", "-cf", tar, ".");
        }
    }

    /** The status of each container by its id; the traces go to a folder by the same name. */
    private TreeMap<String, Integer> run(String engine, List<Start> starts) throws IOException, InterruptedException {
        Path lines = Files.write(
                folder.resolve("lines"), starts.stream().map(Start::line).toList());
        Outcome outcome = Namespaces.run(
                "recorded.sh",
                List.of(
                        engine,
                        Path.of("strait-oci").toAbsolutePath().toString(),
                        NGINX.toAbsolutePath().toString(),
                        lines.toString(),
                        folder.toString()));
        TreeMap<String, Integer> statuses = new TreeMap<>();
        RAN.matcher(outcome.text()).results().forEach(ran -> statuses.put(ran.group(1), Integer.valueOf(ran.group(2))));
        assertEquals(starts.size(), statuses.size(), outcome.text());
        return statuses;
    }

    private static Set<String> failed(List<Start> starts, Map<String, Integer> statuses) {
        return starts.stream()
                .map(Start::id)
                .filter(id -> statuses.get(id) != 0)
                .collect(Collectors.toSet());
    }

    private String write(String id, byte[] profile) throws IOException {
        return Files.write(folder.resolve(id + ".json"), profile).toString();
    }

    private Path trace(String id) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(id))) {
            List<Path> traces = files.toList();
            assertEquals(1, traces.size(), traces.toString());
            return traces.get(0);
        }
    }

    /** One start of a container, as the script reads it. */
    private record Start(String id, String name, String mode, String profile) {
        String line() {
            return String.join(" ", id, name, mode, profile);
        }
    }

    /** A start without one call. */
    private record Removal(String call, Start start) {}
}
