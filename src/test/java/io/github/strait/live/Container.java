package io.github.strait.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * A container that runs one program under a seccomp document, once for each {@link #run}: the bundle that the runtime's
 * own {@code spec} writes, with no more mounts and namespaces than the program needs and without resource limits, which
 * need a capability that CI may lack.
 *
 * @param rootFileSystem the folder that the program sees as {@code /}
 * @param seccomp {@code linux.seccomp}, in the runtime specification's form
 * @param noNewPrivileges whether the container has it set
 * @param command the program and its arguments
 */
record Container(Path rootFileSystem, byte[] seccomp, boolean noNewPrivileges, ImmutableList<String> command) {
    private static final ObjectMapper JSON = new ObjectMapper();
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
        Outcome.text(bundle, runtime.command(), "spec");
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        ObjectNode process = (ObjectNode) config.required("process");
        process.put("terminal", false);
        process.put("noNewPrivileges", noNewPrivileges);
        process.remove("rlimits");
        process.set("args", JSON.valueToTree(command));
        ((ObjectNode) config.required("root")).put("path", rootFileSystem.toString());
        ArrayNode mounts = JSON.createArrayNode();
        config.required("mounts").forEach(mount -> {
            if (MOUNTS.contains(mount.required("destination").asText())) {
                mounts.add(mount);
            }
        });
        config.set("mounts", mounts);
        ObjectNode linux = (ObjectNode) config.required("linux");
        ArrayNode namespaces = linux.putArray("namespaces");
        NAMESPACES.forEach(type -> namespaces.addObject().put("type", type));
        linux.set("seccomp", JSON.readTree(seccomp));
        Files.write(file, JSON.writeValueAsBytes(config));
    }
}
