package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait;
import java.io.BufferedReader;
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

    /** Two threads with one filter each; it prints their numbers. */
    private static final String THREADS = """
            #define _GNU_SOURCE
            #include <linux/filter.h>
            #include <linux/seccomp.h>
            #include <pthread.h>
            #include <stdio.h>
            #include <sys/prctl.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            static void *confined(void *call)
            {
            	struct sock_filter code[] = {
            		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
            		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (long)call, 0, 1),
            		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
            		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
            	};
            	struct sock_fprog program = { 4, code };
            	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
            	printf("%ld\\n", (long)syscall(SYS_gettid));
            	fflush(stdout);
            	if ((long)call == SYS_getppid)
            		for (;;) ;
            	for (;;) pause();
            }
            int main(void)
            {
            	pthread_t thread;
            	pthread_create(&thread, 0, confined, (void *)SYS_getppid);
            	usleep(200000);
            	confined((void *)SYS_getuid);
            }
            """;

    @Test
    @RequiresTool("gcc")
    void eachThreadHasItsOwnFilters() throws Exception {
        Path source = Files.writeString(folder.resolve("threads.c"), THREADS);
        Path program = folder.resolve("threads");
        assertEquals(
                0,
                new ProcessBuilder("gcc", "-w", "-pthread", source.toString(), "-o", program.toString())
                        .inheritIO()
                        .start()
                        .waitFor());
        Process process = new ProcessBuilder(program.toString()).start();
        try (BufferedReader lines = process.inputReader()) {
            String other = lines.readLine();
            String first = lines.readLine();
            Strait.Result ofFirst = Strait.run("convert", "pid:" + first, "--format", "bpf-asm");
            assertTrue(ofFirst.out().contains("jeq  102 "), ofFirst.out()); // getuid
            assertTrue(
                    ofFirst.err()
                            .contains("1 of its 2 threads have other filters than this one, among them " + other
                                    + "; pid:" + other + " reads those of that thread"),
                    ofFirst.err());
            Strait.Result ofOther = Strait.run("convert", "pid:" + other, "--format", "bpf-asm");
            assertTrue(ofOther.out().contains("jeq  110 "), ofOther.out()); // getppid
        } finally {
            process.destroyForcibly();
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
