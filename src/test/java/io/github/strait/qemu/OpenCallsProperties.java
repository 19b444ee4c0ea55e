package io.github.strait.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.follow.Observing;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However tasks interleave, each call is counted, and no result is given to a call that returned another. */
class OpenCallsProperties {
    /** Each always returns the same. */
    private static final Map<String, String> RESULTS = Map.of(
            "getpid()", " = 7\n",
            "close(-1)", " = -1 errno=9 (Bad file descriptor)\n",
            "openat(AT_FDCWD,\"a) = 3\",O_RDONLY)", " = -1 errno=2 (No such file or directory)\n",
            "mmap(NULL,4096,PROT_READ,MAP_PRIVATE,3,0)", " = 0x0000005500802000\n");

    private static final Map<String, String> ERRORS = Map.of("close", "EBADF", "openat", "ENOENT");

    private StringBuilder log = new StringBuilder();
    private Map<String, Long> made = new TreeMap<>();

    /** What a task prints next. */
    private static final class Task {
        final long pid;
        final Deque<String> prints = new ArrayDeque<>();

        Task(long pid) {
            this.pid = pid;
        }
    }

    @Property(tries = 500)
    void resultsAreNeverAnothers(@ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int most) {
        log = new StringBuilder("7 close(-1) = -1 errno=9 (Bad file descriptor)\n");
        made = new TreeMap<>(Map.of("close", 1L));
        List<Task> tasks = new ArrayList<>(List.of(new Task(7)));
        int steps = 60;
        while (!tasks.isEmpty()) {
            Task task = tasks.get(random.nextInt(tasks.size()));
            if (!task.prints.isEmpty()) {
                log.append(task.prints.poll());
            } else if (steps-- > 0) {
                step(task, tasks, random, most);
            } else {
                begin(task, "exit_group(0)\n");
                tasks.remove(task);
            }
        }
        Observing.text(Optional.of(Arch.AARCH64), log.toString())
                .observation()
                .architectures()
                .forEach((arch, seen) -> {
                    Map<String, Long> counts = new TreeMap<>();
                    seen.syscalls().forEach((name, call) -> {
                        counts.put(name, call.count());
                        check(name, call, most);
                    });
                    assertEquals(made, counts);
                });
    }

    private void step(Task task, List<Task> tasks, Random random, int most) {
        if (tasks.size() < most && random.nextInt(5) == 0) {
            Task child = new Task(random.nextBoolean() ? task.pid : 8 + random.nextInt(3));
            boolean isThread = child.pid == task.pid;
            begin(task, isThread ? "clone(CLONE_VM|CLONE_THREAD,child_stack=0x1)" : "clone(0x11,child_stack=0x0)");
            task.prints.add(" = " + child.pid + "\n");
            if (!isThread) {
                child.prints.add(" = 0\n");
            }
            tasks.add(child);
            return;
        }
        List<String> calls = RESULTS.keySet().stream().sorted().toList();
        String call = calls.get(random.nextInt(calls.size()));
        begin(task, call);
        task.prints.add(RESULTS.getOrDefault(call, ""));
    }

    private void begin(Task task, String call) {
        log.append(task.pid).append(' ').append(call);
        made.merge(call.substring(0, call.indexOf('(')), 1L, Long::sum);
    }

    private static void check(String name, SyscallObservation call, int most) {
        String error = ERRORS.getOrDefault(name, "");
        assertTrue(call.errors().keySet().stream().allMatch(error::equals), () -> name + ": " + call);
        assertTrue(error.isEmpty() || call.succeeded() == 0, () -> name + ": " + call);
        if (most == 1 && !name.equals("exit_group")) {
            assertEquals(0, call.unreturned(), name);
        }
    }
}
