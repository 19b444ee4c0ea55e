package io.github.strait.record;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Containers of containerd, in all its namespaces, as {@code ctr} lists them. It has no JSON for tasks. */
final class ContainerdTasks {
    private static final Splitter COLUMNS =
            Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
    /** What containerd lets its namespaces and ids be. */
    private static final Predicate<String> IS_NAME =
            name -> name.length() < 256 && name.matches("[A-Za-z0-9]+([-._][A-Za-z0-9]+)*");

    private static final List<String> LABELS = List.of("io.kubernetes.container.name", "nerdctl/name");
    private static final int SHORTEST = 4;

    private ContainerdTasks() {}

    /** A line of {@code ctr tasks ls}. */
    private record Task(String id, long pid, String status) {}

    static List<FoundContainer> find(String name, EngineClient client) throws EngineException {
        List<FoundContainer> found = new ArrayList<>();
        if (!IS_NAME.test(name)) {
            return found;
        }
        // where no containerd runs, ctr would try to reach it for ten seconds
        for (String namespace :
                names(client.answer(List.of("ctr", "--connect-timeout", "2s", "namespaces", "ls", "-q")))) {
            Map<String, Task> tasks = tasks(client.answer(List.of("ctr", "-n", namespace, "tasks", "ls")));
            for (String id : ids(namespace, name, tasks, client)) {
                Task task = tasks.getOrDefault(id, new Task(id, 0, "not running"));
                Optional<String> image = EngineAnswer.of(
                                client.answer(List.of("ctr", "-n", namespace, "containers", "info", id)))
                        .at("Image")
                        .text();
                found.add(new FoundContainer(
                        ContainerEngine.CTR,
                        name.equals(id) || id.startsWith(name) ? id : name,
                        id,
                        image,
                        image.flatMap(FoundDigest::of),
                        task.pid(),
                        task.status()));
            }
        }
        return found;
    }

    private static List<String> names(String lines) {
        return lines.lines().map(String::strip).filter(IS_NAME).toList();
    }

    private static Map<String, Task> tasks(String table) {
        Map<String, Task> tasks = new LinkedHashMap<>();
        table.lines().skip(1).map(COLUMNS::splitToList).forEach(row -> {
            if (row.size() == 3 && IS_NAME.test(row.get(0)) && row.get(1).matches("[0-9]{1,9}")) {
                boolean isStopped = row.get(2).equals("STOPPED");
                tasks.put(
                        row.get(0),
                        new Task(
                                row.get(0),
                                isStopped ? 0 : Long.parseLong(row.get(1)),
                                row.get(2).toLowerCase(Locale.ROOT)));
            }
        });
        return tasks;
    }

    /** By their id, else by the beginning of it, else by the name that Kubernetes or nerdctl gave them. */
    private static List<String> ids(String namespace, String name, Map<String, Task> tasks, EngineClient client)
            throws EngineException {
        List<String> command = new ArrayList<>(List.of("ctr", "-n", namespace, "containers", "ls", "-q"));
        List<String> all = names(client.answer(command));
        if (all.contains(name)) {
            return List.of(name);
        }
        List<String> begin = all.stream()
                .filter(id -> name.length() >= SHORTEST && id.startsWith(name))
                .toList();
        if (!begin.isEmpty()) {
            return begin;
        }
        LABELS.forEach(label -> command.add("labels.\"" + label + "\"==" + name));
        List<String> labelled = names(client.answer(command));
        List<String> running = labelled.stream().filter(tasks::containsKey).toList();
        return running.isEmpty() ? labelled : running;
    }
}
