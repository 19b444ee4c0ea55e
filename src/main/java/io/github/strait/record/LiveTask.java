package io.github.strait.record;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code /proc} says of a task.
 *
 * @param id the thread
 * @param fields of its {@code status}
 * @param call the number of the call that it is in; -1 when it runs
 */
record LiveTask(long id, Map<String, String> fields, long call) {
    /** A task; empty when there is none. */
    static Optional<LiveTask> of(Path folder) {
        try {
            Map<String, String> fields = new HashMap<>();
            for (String line : Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1)) {
                List<String> parts = Splitter.on(':').limit(2).trimResults().splitToList(line);
                if (parts.size() == 2) {
                    fields.put(parts.get(0), parts.get(1));
                }
            }
            return Optional.of(new LiveTask(Long.parseLong(folder.getFileName().toString()), fields, call(folder)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The threads of a process. */
    static List<LiveTask> threads(Path process) {
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            return tasks.flatMap(task -> of(task).stream()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long call(Path folder) {
        try {
            String text = Files.readString(folder.resolve("syscall"));
            return Long.parseLong(text.substring(0, Math.max(text.indexOf(' '), 0)));
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    boolean isZombie() {
        return field("State").startsWith("Z") || field("State").startsWith("X");
    }

    /** A kernel thread has no memory of its own. */
    boolean isKernelThread() {
        return field("Kthread").equals("1") || !isZombie() && !fields.containsKey("VmSize");
    }
}
