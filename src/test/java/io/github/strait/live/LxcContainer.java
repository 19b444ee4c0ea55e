package io.github.strait.live;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container of LXC, in a folder with its root file system, policy and configuration.
 *
 * @param folder the folder
 * @param name of this container alone
 */
public record LxcContainer(Path folder, String name) {
    private static final String DRIVER = "src/test/resources/io/github/strait/live/lxc-workload.sh";
    private static final String RECORDER = "src/main/tools/traces/record-all";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A container with an empty root file system, or the one that the folder has already, under a policy. */
    public static LxcContainer create(Path folder, byte[] policy) throws IOException {
        for (String name : List.of("proc", "sys", "dev", "tmp", "bin")) {
            Files.createDirectories(folder.resolve("rootfs").resolve(name));
        }
        Files.write(folder.resolve("policy"), policy);
        String name = "strait-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new LxcContainer(folder, name).configured("/bin/probe", List.of());
    }

    /** The same with this program, and these further lines of configuration. */
    LxcContainer configured(String command, List<String> more) throws IOException {
        List<String> lines = ImmutableList.<String>builder()
                .add("lxc.rootfs.path = dir:" + root())
                .add("lxc.uts.name = strait")
                .add("lxc.log.file = " + folder.resolve("log"))
                .add("lxc.log.level = ERROR")
                .add("lxc.apparmor.profile = unchanged")
                .add("lxc.console.path = none")
                .add("lxc.no_new_privs = 1")
                .add("lxc.seccomp.profile = " + folder.resolve("policy"))
                .add("lxc.init.cmd = " + command)
                .addAll(more)
                .build();
        Files.write(folder.resolve("config"), lines);
        return this;
    }

    /** What its programs see as {@code /}. */
    Path root() {
        return folder.resolve("rootfs");
    }

    /** The command that starts it in the foreground: without a call of its own LXC hangs and does not fail. */
    public ImmutableList<String> start(int seconds) {
        return ImmutableList.of(
                "timeout",
                "-k",
                "2",
                Integer.toString(seconds),
                "lxc-start",
                "-n",
                name,
                "-P",
                folder.toString(),
                "-f",
                folder.resolve("config").toString(),
                "-F");
    }

    /** What LXC has to say of failures. */
    public Optional<String> log() {
        try {
            return Optional.of(Files.readString(folder.resolve("log")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Runs it to its end. */
    Outcome run(int seconds) throws IOException, InterruptedException {
        return Outcome.of(folder, start(seconds));
    }

    /**
     * Runs a workload of {@code src/main/tools/traces} with its traced program in a container under a policy; status 0 says
     * that it did its work and ended well.
     */
    static Outcome work(String name, byte[] policy, int secondsEachStep) throws IOException, InterruptedException {
        Path file = Files.createTempFile("strait-", ".seccomp");
        try {
            Files.write(file, policy);
            return Outcome.of(
                    Path.of("."),
                    ImmutableList.<String>builder()
                            .add("env", "LIMIT=" + secondsEachStep)
                            .add("unshare", "-m", "-u", "-n", "-p", "--fork", "--kill-child", "--mount-proc")
                            .add("sh", Path.of(DRIVER).toAbsolutePath().toString(), file.toString())
                            .add(Path.of(RECORDER).toAbsolutePath().toString(), name)
                            .build());
        } finally {
            Files.delete(file);
        }
    }
}
