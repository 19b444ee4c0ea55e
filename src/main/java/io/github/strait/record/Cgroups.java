package io.github.strait.record;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Control groups, of version 1 and 2, as this process sees them. A group counts as a container's only where its path
 * shows the container's id: without one of its own, a container is in the group of whoever started it.
 */
final class Cgroups {
    private static final Path PROC = Path.of("/proc");
    private static final String PROCESSES = "cgroup.procs";
    private static final int DEPTH = 32;
    /** Shorter ids could be a part of another word. */
    private static final int DISTINCT = 32;

    private Cgroups() {}

    /** A mounted hierarchy: the part of it that is mounted, where, and what tells it from the others. */
    private record Hierarchy(boolean isUnified, ImmutableSet<String> words, String root, Path mount) {
        boolean has(String controllers) {
            return isUnified
                    ? controllers.isEmpty()
                    : words.containsAll(Splitter.on(',').splitToList(controllers));
        }

        /** The folder of a group, if it is in the part that is mounted. */
        Optional<Path> folder(String path) {
            String inside = root.equals("/") ? path : path.startsWith(root + "/") ? path.substring(root.length()) : "";
            boolean isOutside = inside.isEmpty() || inside.contains("/../") || inside.endsWith("/..");
            return isOutside ? Optional.empty() : Optional.of(mount.resolve(inside.substring(1)));
        }
    }

    /** The group of the container with this id that a process of it is in; empty when it has none that can be read. */
    static ImmutableList<Path> ofContainer(long pid, String id) {
        try {
            Path process = PROC.resolve(Long.toString(pid));
            return ofContainer(lines(process.resolve("cgroup")), lines(PROC.resolve("self/mountinfo")), id).stream()
                    .filter(folder -> processes(List.of(folder)).contains(pid))
                    .limit(1)
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            return ImmutableList.of();
        }
    }

    /**
     * The same by what the kernel says, the unified hierarchy first.
     *
     * @param groups lines of {@code /proc/PID/cgroup}
     * @param mounts lines of {@code /proc/self/mountinfo}
     */
    static List<Path> ofContainer(List<String> groups, List<String> mounts, String id) {
        List<Path> found = new ArrayList<>();
        for (String line : groups) {
            List<String> parts = Splitter.on(':').limit(3).splitToList(line);
            if (parts.size() == 3) {
                upTo(parts.get(2), word -> id.length() < DISTINCT ? word.equals(id) : word.contains(id))
                        .ifPresent(path -> folder(parts.get(1), path, mounts)
                                .ifPresent(folder -> found.add(parts.get(1).isEmpty() ? 0 : found.size(), folder)));
            }
        }
        return found;
    }

    /** The path as far as the first name for which this holds. */
    private static Optional<String> upTo(String path, Predicate<String> isIt) {
        int start = 1;
        while (start <= path.length()) {
            int end = path.indexOf('/', start) < 0 ? path.length() : path.indexOf('/', start);
            if (isIt.test(path.substring(start, end))) {
                return Optional.of(path.substring(0, end));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    /** The group of a unit, in the hierarchy that systemd uses. */
    static Optional<Path> ofUnit(String path) {
        try {
            List<String> mounts = lines(PROC.resolve("self/mountinfo"));
            return Stream.of("", "name=systemd")
                    .flatMap(controllers -> folder(controllers, path, mounts).stream())
                    .filter(folder -> !processes(List.of(folder)).isEmpty())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The group with the name of a unit, wherever it is; for where systemd cannot be asked. */
    static Optional<Path> named(String unit) {
        try {
            List<String> mounts = lines(PROC.resolve("self/mountinfo"));
            return Stream.of("", "name=systemd")
                    .flatMap(controllers -> folder(controllers, "/", mounts).stream())
                    .flatMap(root -> below(root).stream())
                    .filter(folder -> folder.endsWith(unit))
                    .filter(folder -> !processes(List.of(folder)).isEmpty())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> folder(String controllers, String path, List<String> mounts) {
        return mounts.stream()
                .flatMap(line -> hierarchy(line).stream())
                .filter(hierarchy -> hierarchy.has(controllers))
                .flatMap(hierarchy -> hierarchy.folder(path).stream())
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** {@code 30 25 0:26 ROOT MOUNT OPTIONS [TAG...] - TYPE SOURCE WORDS}; other file systems give none. */
    private static Optional<Hierarchy> hierarchy(String line) {
        List<String> words = Splitter.on(' ').splitToList(line);
        int dash = words.indexOf("-");
        if (dash < 6 || words.size() < dash + 4 || !words.get(dash + 1).startsWith("cgroup")) {
            return Optional.empty();
        }
        return Optional.of(new Hierarchy(
                words.get(dash + 1).equals("cgroup2"),
                ImmutableSet.copyOf(Splitter.on(',').split(words.get(dash + 3))),
                words.get(3),
                Path.of(words.get(4).replace("\\040", " "))));
    }

    /** The processes that are in these groups now, and in those below. */
    static Set<Long> processes(List<Path> groups) {
        Set<Long> found = new TreeSet<>();
        for (Path group : groups) {
            for (Path each : below(group)) {
                try {
                    lines(each.resolve(PROCESSES)).forEach(line -> found.add(Long.valueOf(line)));
                } catch (IOException e) {
                    // it was removed, or is a group of threads, whose processes are listed above it
                }
            }
        }
        // a process of a pid namespace that this process does not see
        found.remove(0L);
        return found;
    }

    private static List<Path> below(Path group) {
        try (Stream<Path> all = Files.walk(group, DEPTH)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(group);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
