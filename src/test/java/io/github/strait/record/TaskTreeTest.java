package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.live.RequiresTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kernel reports the truth about this test's own processes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskTreeTest {
    private static final long NOBODY = 0;
    /** No process has this id: none is left out. */
    private static final long NONE = 1L << 40;

    private @Nullable Process process;

    @AfterEach
    void stop() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void holdsAllDescendants() throws Exception {
        start("sh", "-c", "sleep 60 & sh -c 'sleep 60; true' & wait");
        while (process.descendants().count() < 3) {
            Thread.sleep(10);
        }
        Set<Long> expected = new TreeSet<>(Set.of(process.pid()));
        process.descendants().forEach(child -> expected.add(child.pid()));
        TaskTree tree = TaskTree.of(List.of(process.pid()), List.of(), NOBODY, NONE);
        assertEquals(expected, tree.pids());
        assertEquals(Map.of(), tree.traced());
        assertEquals(expected, tree.untracedBy(1), "all could be attached to");
    }

    @Test
    void leavesStraitOutWithWhatItHasStarted() throws Exception {
        start("sh", "-c", "sleep 60 & wait");
        while (process.children().findAny().isEmpty()) {
            Thread.sleep(10);
        }
        long parent = ProcessHandle.current().pid();
        assertTrue(TaskTree.of(List.of(parent), List.of(), NOBODY, NONE).pids().contains(process.pid()));
        assertEquals(
                ImmutableSet.of(parent),
                TaskTree.of(List.of(parent), List.of(), NOBODY, process.pid()).pids());
    }

    @Test
    void aControlGroupHoldsWhatIsNoDescendant(@TempDir Path group) throws Exception {
        start("sh", "-c", "sleep 60 & wait");
        while (process.children().findAny().isEmpty()) {
            Thread.sleep(10);
        }
        Process other = new ProcessBuilder("sh", "-c", "sleep 61 & wait").start();
        try {
            while (other.children().findAny().isEmpty()) {
                Thread.sleep(10);
            }
            long child = process.children().findFirst().orElseThrow().pid();
            long session = other.children().findFirst().orElseThrow().pid();
            Files.writeString(group.resolve("cgroup.procs"), process.pid() + "\n" + session + "\n");
            assertEquals(
                    Set.of(process.pid(), child, session),
                    TaskTree.of(List.of(process.pid()), List.of(group), NOBODY, NONE)
                            .pids());
            assertEquals(
                    Set.of(process.pid(), child),
                    TaskTree.of(List.of(process.pid()), List.of(group), NOBODY, other.pid())
                            .pids(),
                    "what strait has started is none of it, where strait is in the group itself");
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly();
        }
    }

    @Test
    void namesThreadsAndPrograms() throws Exception {
        start("sleep", "60");
        while (!TaskTree.program(process.pid()).orElse("").endsWith("/sleep")) {
            Thread.sleep(10);
        }
        assertEquals(List.of(process.pid()), TaskTree.threads(process.pid()));
        assertTrue(TaskTree.threads(ProcessHandle.current().pid()).size() > 1);
        long gone = process.pid();
        process.destroyForcibly().waitFor();
        assertEquals(List.of(), TaskTree.threads(gone));
        assertTrue(TaskTree.program(gone).isEmpty());
        assertTrue(TaskTree.of(List.of(gone), List.of(), NOBODY, NONE)
                .untracedBy(1)
                .isEmpty());
    }

    @Test
    @RequiresTool("strace")
    void tellsWhoIsTracedAndByWhom() throws Exception {
        start("strace", "-o", "/dev/null", "sleep", "60");
        while (Tracees.roots(process.pid()).isEmpty()) {
            Thread.sleep(10);
        }
        long sleep = Tracees.roots(process.pid()).get(0);
        assertEquals(process.pid(), Tracees.tracer(sleep));
        assertEquals(
                Map.of(sleep, process.pid()),
                TaskTree.of(List.of(sleep), List.of(), NOBODY, NONE).traced());
        TaskTree ours = TaskTree.of(List.of(sleep), List.of(), process.pid(), NONE);
        assertEquals(ImmutableSet.of(sleep), ours.pids());
        assertEquals(ImmutableSet.of(), ours.untracedBy(process.pid()));
    }

    @Test
    @RequiresTool(
            value = {"unshare", "nsenter"},
            asRoot = true)
    void theFirstOfANamespaceStandsForAllOfIt() throws Exception {
        start("unshare", "-fp", "--kill-child", "sleep", "60");
        while (process.children().findAny().isEmpty()) {
            Thread.sleep(10);
        }
        long init = process.children().findFirst().orElseThrow().pid();
        // as docker exec does: in the namespace, and no child of its first process
        Process joined = new ProcessBuilder("nsenter", "-p", "-t", Long.toString(init), "sleep", "61").start();
        try {
            while (joined.children().findAny().isEmpty()) {
                Thread.sleep(10);
            }
            long inside = joined.children().findFirst().orElseThrow().pid();
            ImmutableSortedSet<Long> pids =
                    TaskTree.of(List.of(init), List.of(), NOBODY, NONE).pids();
            assertTrue(pids.containsAll(List.of(init, inside)), pids + " " + inside);
            assertFalse(pids.contains(ProcessHandle.current().pid()));
        } finally {
            joined.descendants().forEach(ProcessHandle::destroyForcibly);
            joined.destroyForcibly();
        }
    }

    @Test
    void tellsWhatHasBecomeOfAProgram() throws Exception {
        start("sleep", "60");
        int pid = (int) process.pid();
        while (!Tracees.name(pid).equals("sleep")) {
            Thread.sleep(10);
        }
        Survivors runs = Survivors.of(pid, Set.of(pid));
        assertEquals("the program still runs, untraced: process " + pid + " (sleep)", runs.text());
        assertEquals(pid, runs.survivor().orElseThrow());
        Survivors left = Survivors.of(1 << 22, Set.of(pid, 1 << 22));
        assertEquals("still running, untraced: process " + pid + " (sleep)", left.text());
        assertTrue(left.survivor().isEmpty());
        process.destroyForcibly().waitFor();
        assertEquals("the program has ended", Survivors.of(pid, Set.of(pid)).text());
    }

    @Test
    void endsOnlyWhatHasTheSameCommandLine() throws Exception {
        start("sh", "-c", "sleep 60; true", "-o", "/the/file", "more");
        Process other = new ProcessBuilder("sh", "-c", "sleep 60; true", "-o", "/another/file", "more").start();
        try {
            Orphans.end(ImmutableList.of("sh", "-c", "sleep 60; true", "-o", "/the/file", "not", "compared"));
            assertEquals(128 + 9, process.waitFor());
            assertTrue(other.isAlive());
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly();
        }
    }

    private void start(String... command) throws Exception {
        process = new ProcessBuilder(command).start();
    }
}
