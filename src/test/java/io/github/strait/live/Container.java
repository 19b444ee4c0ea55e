package io.github.strait.live;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container that runs one program under a seccomp document, once for each {@link #run}, with no more mounts and
 * namespaces than the program needs.
 *
 * @param rootFileSystem the folder that the program sees as {@code /}
 * @param seccomp {@code linux.seccomp}, in the runtime specification's form
 * @param noNewPrivileges whether the container has it set
 * @param command the program and its arguments
 */
record Container(Path rootFileSystem, byte[] seccomp, boolean noNewPrivileges, ImmutableList<String> command) {
    private static final Set<String> MOUNTS = Set.of("/proc", "/dev");
    private static final List<String> NAMESPACES = List.of("pid", "network", "ipc", "uts", "mount");
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Runs the program to its end in a new container with its own state folder: crun caches compiled filters there. */
    Outcome run(OciRuntime runtime) throws IOException, InterruptedException {
        Path bundle = Files.createTempDirectory("strait-container-");
        String name = "strait-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        try {
            configure(runtime, bundle);
            return runtime.run(bundle, List.of("--root", bundle.resolve("state").toString(), "run", name));
        } finally {
            runtime.run(bundle, List.of("--root", bundle.resolve("state").toString(), "delete", "--force", name));
            MoreFiles.deleteRecursively(bundle, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private void configure(OciRuntime runtime, Path bundle) throws IOException, InterruptedException {
        BundleConfig.of(runtime)
                .noNewPrivileges(noNewPrivileges)
                .command(command)
                .root(rootFileSystem.toString())
                .onlyMounts(MOUNTS)
                .namespaces(NAMESPACES)
                .seccomp(seccomp)
                .write(bundle);
    }
}
