package io.github.strait.live;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A workload of {@code src/main/tools/traces}, run with its traced programs in a container: the drivers, clients and
 * servers that are not traced stay outside. The root file system has this machine's {@code /usr} and {@code /etc},
 * read-only, and nothing else that lasts.
 *
 * @param name the workload
 * @param runtime what starts the container, with its own state folder at each run: crun caches compiled filters there
 * @param noNewPrivileges whether the container has it set
 */
record Workload(String name, OciRuntime runtime, boolean noNewPrivileges) {
    /** Docker's default set: servers that start as root change their user. */
    private static final ImmutableSet<String> CAPABILITIES = ImmutableSet.of(
            "CAP_AUDIT_WRITE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_MKNOD",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_RAW",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_CHROOT");

    private static final String DRIVER = "src/test/resources/io/github/strait/live/workload.sh";

    private static final String RECORDER = "src/main/tools/traces/record-all";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Runs it to its end; status 0 says that every program did its work and ended well. */
    Outcome run(byte[] seccomp, int secondsEachStep) throws IOException, InterruptedException {
        Path bundle = Files.createTempDirectory("strait-workload-");
        try {
            configure(seccomp, bundle);
            String id = "strait-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
            return Outcome.of(
                    Path.of("."),
                    ImmutableList.<String>builder()
                            .add("env", "LIMIT=" + secondsEachStep)
                            .add("unshare", "-m", "-u", "-n", "-p", "--fork", "--kill-child", "--mount-proc")
                            .add("sh", Path.of(DRIVER).toAbsolutePath().toString())
                            .add(bundle.toString(), id, runtime.command())
                            .add(Path.of(RECORDER).toAbsolutePath().toString(), name)
                            .build());
        } finally {
            MoreFiles.deleteRecursively(bundle, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /**
     * The container shares the namespaces that the workload has to itself: its programs tell each other their process
     * ids and meet on the loopback.
     */
    private void configure(byte[] seccomp, Path bundle) throws IOException, InterruptedException {
        BundleConfig.of(runtime)
                .noNewPrivileges(noNewPrivileges)
                .capabilities(CAPABILITIES)
                .root("/mnt/root")
                .onlyMounts(Set.of("/proc", "/dev", "/dev/shm"))
                .bind("/usr", "ro")
                .bind("/etc", "ro")
                .bind("/sys", "ro")
                .bind("/mnt", "rw")
                .mount("tmpfs", "tmpfs", "/tmp", List.of("mode=1777"))
                .namespaces(List.of("ipc", "uts", "mount"))
                .seccomp(seccomp)
                .write(bundle);
    }
}
