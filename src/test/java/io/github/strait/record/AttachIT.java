package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.strait.cli.Strait;
import io.github.strait.live.RequiresTool;
import io.github.strait.record.Recording.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs already is recorded with all its threads and children, and under its name. */
@RequiresTool({"strace", "gcc"})
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttachIT {
    @TempDir
    Path directory;

    private @Nullable Process server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    @Test
    @RequiresTool({"nginx", "curl"})
    void takesTheWorkersOfNginx() throws Exception {
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off; worker_processes 2; error_log %1$s/error.log; pid %1$s/pid;
                events {} http { access_log off; server { listen unix:%1$s/socket; root /usr/share; } }
                """.formatted(directory));
        start("nginx", "-c", configuration.toString());
        while (!Files.exists(directory.resolve("socket"))
                || server.descendants().count() < 2) {
            Thread.sleep(20);
        }
        Process client = new ProcessBuilder(
                        "sh",
                        "-c",
                        "for i in 1 2 3 4 5 6 7 8; do sleep 0.5; curl -so /dev/null --unix-socket " + directory
                                + "/socket http://x/doc/; done")
                .start();
        assertEquals(new Outcome(0, "", ""), attach(3500));
        client.destroyForcibly();
        Set<Long> tasks = new TreeSet<>(Set.of(server.pid()));
        server.descendants().forEach(worker -> tasks.add(worker.pid()));
        assertEquals(tasks, introduced("nginx"));
        String header = Files.readAllLines(trace()).get(0);
        assertTrue(header.startsWith("# strait-recording/1 {\"kind\": \"attached\", \"processors\": \""), header);
        Strait.Result explained = Strait.run("explain", trace(), "accept4");
        assertTrue(explained.out().contains("/nginx"), explained.out());
    }

    @Test
    void takesAllThreads() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path source = Files.writeString(directory.resolve("Threads.java"), """
                class Threads {
                    public static void main(String[] args) throws Exception {
                        for (int i = 0; i < 30; i++) {
                            new Thread(() -> { while (true) { try { Thread.sleep(50); } catch (Exception e) { } } }).start();
                        }
                        System.out.println("ready");
                    }
                }
                """);
        start(java, "-XX:+UseSerialGC", source.toString());
        server.inputReader().readLine();
        assertEquals(new Outcome(0, "", ""), attach(1500));
        assertTrue(introduced("java").size() > 30);
        assertTrue(Files.readAllLines(trace()).stream()
                        .filter(line -> line.contains("futex("))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .distinct()
                        .count()
                >= 30);
    }

    @Test
    void takesWhatIsForkedWhileItAttaches() throws Exception {
        // no child ends before all were forked, and strace has long been attached
        String forking = "time_t end = time(0) + 7; for (int i = 0; i < 150; i++) { if (fork() == 0) {"
                + " while (time(0) < end) usleep(200000); syscall(SYS_getppid); _exit(0); } usleep(20000); }"
                + " while (wait(0) > 0);";
        start(CProgram.of(directory, forking));
        Thread.sleep(300);
        Outcome outcome = attach(12000);
        assertEquals(0, outcome.exitStatus());
        List<String> lines = Files.readAllLines(trace());
        Set<String> reaped = lines.stream()
                .filter(line -> line.contains("wait4") && line.matches(".* = [1-9][0-9]*"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toSet());
        Set<String> followed =
                lines.stream().map(line -> line.substring(0, line.indexOf(' '))).collect(Collectors.toSet());
        assertEquals(150, reaped.size());
        reaped.removeAll(followed);
        // on a machine that is very busy it may not come to an end
        reaped.removeIf(tid -> outcome.err().contains("warning: process " + tid + " (program) is not recorded: "));
        assertEquals(Set.of(), reaped, "every child that the parent reaps was followed, or named");
    }

    @Test
    void endsAlsoWhereStraceWaitsForAVfork() throws Exception {
        // strace waits for ever for a parent in vfork whose child it holds
        start("bash", "-c", "while :; do /bin/true; done");
        for (int i = 0; i < 3; i++) {
            Outcome outcome = attach(700);
            assertEquals(new Outcome(0, "", ""), outcome);
            assertTrue(server.isAlive());
        }
    }

    @Test
    void saysThatItIsTracedAlready() throws Exception {
        start("sleep", "60");
        Process other = new ProcessBuilder("strace", "-o", "/dev/null", "-p", Long.toString(server.pid())).start();
        while (Tracees.tracer(server.pid()) == 0) {
            Thread.sleep(20);
        }
        Outcome outcome = attach(1000);
        other.destroy();
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("is traced by process " + other.pid() + " (strace) already"), outcome.err());
    }

    @Test
    @RequiresTool("setpriv")
    void namesAProcessOfAnotherUserOnceAndNoneOfItsThreads() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path dropping = Files.writeString(directory.resolve("strace"), """
                #!/bin/sh
                [ "$1" = -V ] || chown -R 65534 %s/.strait-*
                exec setpriv --reuid=65534 --regid=65534 --clear-groups strace "$@"
                """.formatted(directory));
        Files.setPosixFilePermissions(dropping, PosixFilePermissions.fromString("rwxr-xr-x"));
        start(
                CProgram.of(
                        directory,
                        "long t[3]; int pthread_create(); if (fork() == 0) {"
                                + " for (int i = 0; i < 3; i++) pthread_create(&t[i], 0, pause, 0); for (;;) pause(); }"
                                + " if (setgid(65534) || setuid(65534)) return 1; execlp(\"sleep\", \"sleep\", \"60\", (void *) 0);"));
        Thread.sleep(300);
        assumeTrue(server.isAlive(), "only root can make processes of two users");
        long child = server.children().findFirst().orElseThrow().pid();
        Outcome outcome = Recording.run(
                Map.of("STRAIT_STRACE", dropping.toString()),
                "",
                Recording.line(trace(), "--attach", Long.toString(server.pid()), "1000"));
        assertEquals(0, outcome.exitStatus(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains("process " + child + " (program) is not recorded: Operation"), outcome.err());
    }

    @Test
    void keepsWhatItHasWhenStraceIsKilled() throws Exception {
        start("sh", "-c", "while :; do sleep 0.05; done");
        Process recording =
                new ProcessBuilder(Recording.line(trace(), "--attach", Long.toString(server.pid()), "60000")).start();
        while (Tracees.tracer(server.pid()) == 0) {
            Thread.sleep(20);
        }
        Thread.sleep(1000);
        ProcessHandle.of(Tracees.tracer(server.pid())).orElseThrow().destroyForcibly();
        Outcome outcome = Recording.finish(recording, "");
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("the evidence is incomplete"), outcome.err());
        assertTrue(outcome.err().contains("strace was killed by SIGKILL"), outcome.err());
        assertTrue(Files.readString(trace()).contains("] execve("));
        assertTrue(server.isAlive());
    }

    private void start(String... command) throws IOException {
        server = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private Outcome attach(int milliseconds) throws Exception {
        return Recording.run(
                Map.of(),
                "",
                Recording.line(trace(), "--attach", Long.toString(server.pid()), Integer.toString(milliseconds)));
    }

    private Set<Long> introduced(String program) throws IOException {
        return Files.readAllLines(trace()).stream()
                .filter(line -> line.matches("strace: pid [0-9]+: attached by strait, program \".*/" + program + "\""))
                .map(line -> Long.valueOf(line.substring(12, line.indexOf(": attached"))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path trace() {
        return directory.resolve("trace");
    }
}
