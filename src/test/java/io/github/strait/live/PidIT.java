package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filters of running processes, which must not notice that they are read. */
@RequiresTool(
        value = {"bwrap", "perl"},
        asRoot = true)
class PidIT {
    private static final String DENYING = """
            {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"],
             "syscalls": [{"names": ["%s"], "action": "SCMP_ACT_ERRNO", "errnoRet": %d}]}
            """;

    @TempDir
    Path folder;

    private Path filter(String denied, int errno) throws IOException {
        Path document = Files.writeString(folder.resolve(denied + ".json"), String.format(DENYING, denied, errno));
        Path filter = folder.resolve(denied + ".bpf");
        Strait.Result made = Strait.run("convert", "-q", document, "--format", "bpf", "-o", filter);
        assertEquals(0, made.status(), made.err());
        return filter;
    }

    /** Starts a command in bubblewrap under filters, the first of which is the oldest. */
    private Process start(String command, Path... filters) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("exec bwrap --ro-bind / / --dev /dev --proc /proc");
        StringBuilder streams = new StringBuilder();
        for (int i = 0; i < filters.length; i++) {
            script.append(" --add-seccomp-fd ").append(i + 5);
            streams.append(' ').append(i + 5).append("<'").append(filters[i]).append('\'');
        }
        Process process = new ProcessBuilder("sh", "-c", script + " " + command + streams).start();
        for (int i = 0; i < 500 && sleeper(process) == 0; i++) {
            Thread.sleep(10);
        }
        // until it sleeps
        Thread.sleep(200);
        return process;
    }

    /** The process that sleeps among the descendants. */
    private static long sleeper(Process process) {
        return process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/sleep"))
                .map(ProcessHandle::pid)
                .findFirst()
                .orElse(0L);
    }

    private byte[] read(Process process) throws IOException {
        Path read = folder.resolve("read.bpf");
        Strait.Result converted = Strait.run("convert", "pid:" + sleeper(process), "--format", "bpf", "-o", read);
        assertEquals(0, converted.status(), converted.err());
        return Files.readAllBytes(read);
    }

    @Test
    void aSleeperSleepsItsTimeAlthoughItCannotRestart() throws Exception {
        Path filter = filter("restart_syscall", 1);
        long begin = System.nanoTime();
        Process process = start("sleep 2", filter);
        assertArrayEquals(Files.readAllBytes(filter), read(process));
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertTrue(System.nanoTime() - begin >= Duration.ofSeconds(2).toNanos());
    }

    @Test
    void stackedFiltersAreReadAsOne() throws Exception {
        Process process = start("sleep 20", filter("mount", 13), filter("chroot", 38));
        try {
            String pid = "pid:" + sleeper(process);
            Strait.Result document = Strait.run("convert", pid, "--format", "oci");
            assertEquals(0, document.status(), document.err());
            assertTrue(document.out().contains("\"chroot\""), document.out());
            assertTrue(document.out().contains("\"mount\""), document.out());
            Path trace = Files.writeString(folder.resolve("t.strace"), "mount(\"a\", \"b\", \"c\", 0, NULL) = 0\n");
            assertEquals(1, Strait.run("verify", pid, trace, "--arch", "x86_64").status());
            String listing = Strait.run("convert", pid, "--format", "bpf-asm").out();
            assertTrue(listing.indexOf("mount (165)") < listing.indexOf("chroot (161)"), listing);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aStoppedProcessStaysStopped() throws Exception {
        Path filter = filter("mount", 13);
        Process process = start("sleep 20", filter);
        try {
            long pid = sleeper(process);
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-STOP", Long.toString(pid))
                            .start()
                            .waitFor());
            Thread.sleep(100);
            assertArrayEquals(Files.readAllBytes(filter), read(process));
            assertTrue(Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tT (stopped)"));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void whatHasNoFilterSaysSo() throws Exception {
        Process process = new ProcessBuilder("sleep", "20").start();
        try {
            refused("pid:" + process.pid(), "is not confined: it has no seccomp filter");
        } finally {
            process.destroyForcibly().waitFor();
        }
        refused("pid:" + process.pid(), "there is no such process");
        refused("pid:2", "is a thread of the kernel");
    }

    private static void refused(String pid, String why) {
        Strait.Result result = Strait.run("lint", pid);
        assertEquals(2, result.status(), result.out());
        assertTrue(result.err().startsWith(pid + ": error: "), result.err());
        assertTrue(result.err().contains(why), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }
}
