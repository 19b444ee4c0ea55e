package io.github.strait.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The tracees of a running strace, as the kernel reports them. */
final class Tracees {
    private static final Path PROC = Path.of("/proc");

    private Tracees() {}

    /**
     * The traced processes whose parent is not traced: the command itself, and later the daemons that it left running.
     */
    static List<Long> roots(long strace) {
        Map<Long, Long> parents = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (field(process, "TracerPid").orElse(0) == strace) {
                    parents.put(
                            Long.valueOf(process.getFileName().toString()),
                            field(process, "PPid").orElse(0));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return parents.keySet().stream()
                .filter(pid -> !parents.containsKey(parents.get(pid)))
                .sorted()
                .toList();
    }

    /** The process that traces this one; 0 when none does. */
    static long tracerOfThisProcess() {
        return field(PROC.resolve("self"), "TracerPid").orElse(0);
    }

    /** Whether the thread that asks, and so what it starts, has blocked this signal. */
    static boolean blocksHere(int signal) {
        return lineOf(PROC.resolve("thread-self"), "SigBlk")
                .map(mask -> (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) != 0)
                .orElse(false);
    }

    /** The process that traces a task; 0 when none does, or when the task has ended. */
    static long tracer(long tid) {
        return field(tid, "TracerPid").orElse(0);
    }

    /** The name of a task; empty when it has ended. */
    static String name(long tid) {
        return line(tid, "Name").orElse("");
    }

    /** Whether a task has ended, or is about to. */
    static boolean hasEnded(long tid) {
        String state = line(tid, "State").orElse("X");
        return state.startsWith("Z") || state.startsWith("X");
    }

    /** A line of a task's status that is a number; empty when it has ended. */
    static OptionalLong field(long tid, String name) {
        return field(PROC.resolve(Long.toString(tid)), name);
    }

    /** A line of a task's status; empty when it has ended. */
    static Optional<String> line(long tid, String name) {
        return lineOf(PROC.resolve(Long.toString(tid)), name);
    }

    /** The entries of a directory that are numbers, least first; none when it is gone. */
    static List<Long> numbers(Path directory) {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9]*")) {
            for (Path entry : entries) {
                numbers.add(Long.valueOf(entry.getFileName().toString()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        Collections.sort(numbers);
        return numbers;
    }

    private static OptionalLong field(Path process, String name) {
        return lineOf(process, name)
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    /** The value of a line of the process's status; empty when the process has ended meanwhile. */
    private static Optional<String> lineOf(Path process, String name) {
        try {
            return Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
