package io.github.strait.record;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multimap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Running processes with all their descendants, as the kernel reports them now. The first process of a pid namespace
 * stands for the whole namespace, because processes that {@code docker exec} starts are not its children.
 *
 * @param pids the processes that can be traced
 * @param traced the processes that already have a tracer, with that tracer
 */
record TaskTree(ImmutableSortedSet<Long> pids, ImmutableMap<Long, Long> traced) {
    private static final Path PROC = Path.of("/proc");

    /**
     * Looks at all processes.
     *
     * @param roots where the trees begin
     * @param groups control groups with all that belongs to the roots; when there are none, pid namespaces tell
     * @param tracer a tracer that does not count as another's; 0 for none
     * @param self strait itself, which is left out with what it has started
     */
    static TaskTree of(List<Long> roots, List<Path> groups, long tracer, long self) {
        Multimap<Long, Long> children = LinkedHashMultimap.create();
        for (long pid : processes()) {
            Tracees.field(pid, "PPid").ifPresent(parent -> children.put(parent, pid));
        }
        Set<Long> found = new HashSet<>();
        Set<Long> begun = new HashSet<>();
        grow(begun, List.of(self), children);
        Queue<Long> open = new ArrayDeque<>(roots);
        open.addAll(groups.isEmpty() ? inNamespaces(roots) : Cgroups.processes(groups));
        open.removeAll(begun);
        children.values().remove(self);
        grow(found, open, children);
        return divided(found, tracer);
    }

    /** Adds processes with all their descendants. */
    private static void grow(Set<Long> found, Collection<Long> from, Multimap<Long, Long> children) {
        Queue<Long> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            long pid = open.remove();
            if (found.add(pid)) {
                open.addAll(children.get(pid));
            }
        }
    }

    /** All processes of the pid namespaces whose first processes are among these. */
    private static List<Long> inNamespaces(List<Long> roots) {
        Set<String> wanted =
                roots.stream().flatMap(root -> ownNamespace(root).stream()).collect(Collectors.toSet());
        return wanted.isEmpty()
                ? List.of()
                : processes().stream()
                        .filter(pid -> namespace(pid).filter(wanted::contains).isPresent())
                        .toList();
    }

    private static TaskTree divided(Set<Long> found, long tracer) {
        ImmutableSortedSet.Builder<Long> pids = ImmutableSortedSet.orderedBy(Comparator.<Long>naturalOrder());
        Map<Long, Long> traced = new LinkedHashMap<>();
        found.stream().sorted().forEach(pid -> {
            long other = Tracees.tracer(pid);
            if (other == 0 || other == tracer) {
                pids.add(pid);
            } else {
                traced.put(pid, other);
            }
        });
        return new TaskTree(pids.build(), ImmutableMap.copyOf(traced));
    }

    /** The threads of these processes that this tracer does not trace. */
    ImmutableSet<Long> untracedBy(long tracer) {
        return pids.stream()
                .flatMap(pid -> threads(pid).stream())
                .filter(tid -> Tracees.tracer(tid) != tracer)
                .filter(tid -> !Tracees.hasEnded(tid))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The threads of a process, its first among them; empty when it has ended. */
    static List<Long> threads(long pid) {
        return Tracees.numbers(PROC.resolve(Long.toString(pid)).resolve("task"));
    }

    /** The file that a process executes, as strace would print its name; empty where this user may not know it. */
    static Optional<String> program(long pid) {
        try {
            String path = Files.readSymbolicLink(
                            PROC.resolve(Long.toString(pid)).resolve("exe"))
                    .toString();
            return Optional.of(path.endsWith(" (deleted)") ? path.substring(0, path.lastIndexOf(" (")) : path);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a process is the first of a pid namespace other than strait's own. */
    static boolean isFirstOfNamespace(long pid) {
        return ownNamespace(pid).isPresent();
    }

    private static List<Long> processes() {
        return Tracees.numbers(PROC);
    }

    /** The pid namespace whose first process this is; empty when there is none, or when it is strait's own. */
    private static Optional<String> ownNamespace(long pid) {
        boolean isFirst = Tracees.line(pid, "NSpid")
                .filter(numbers -> numbers.matches("[0-9]+(\\s+[0-9]+)*\\s+1"))
                .isPresent();
        return isFirst ? namespace(pid) : Optional.empty();
    }

    private static Optional<String> namespace(long pid) {
        try {
            Path link = PROC.resolve(Long.toString(pid)).resolve("ns").resolve("pid");
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
