package io.github.strait.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code config.json} of a bundle: what the runtime's own {@code spec} writes, without a terminal, and without
 * resource limits, which need a capability that CI may lack.
 */
final class BundleConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<OciRuntime, byte[]> SPECS = new EnumMap<>(OciRuntime.class);

    private final ObjectNode config;

    private BundleConfig(ObjectNode config) {
        this.config = config;
    }

    static BundleConfig of(OciRuntime runtime) throws IOException, InterruptedException {
        BundleConfig config = new BundleConfig((ObjectNode) JSON.readTree(spec(runtime)));
        config.process().put("terminal", false);
        config.process().remove("rlimits");
        return config;
    }

    private static synchronized byte[] spec(OciRuntime runtime) throws IOException, InterruptedException {
        byte[] known = SPECS.get(runtime);
        if (known != null) {
            return known;
        }
        Path folder = Files.createTempDirectory("strait-spec-");
        try {
            Outcome.text(folder, runtime.command(), "spec");
            byte[] spec = Files.readAllBytes(folder.resolve("config.json"));
            SPECS.put(runtime, spec);
            return spec;
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    @CanIgnoreReturnValue
    BundleConfig noNewPrivileges(boolean set) {
        process().put("noNewPrivileges", set);
        return this;
    }

    @CanIgnoreReturnValue
    BundleConfig command(List<String> command) {
        process().set("args", JSON.valueToTree(command));
        return this;
    }

    @CanIgnoreReturnValue
    BundleConfig capabilities(Collection<String> names) {
        ObjectNode sets = process().putObject("capabilities");
        for (String set : List.of("bounding", "effective", "permitted")) {
            sets.set(set, JSON.valueToTree(names));
        }
        return this;
    }

    @CanIgnoreReturnValue
    BundleConfig root(String folder) {
        ((ObjectNode) config.required("root")).put("path", folder);
        return this;
    }

    /** Keeps of the mounts those with these destinations. */
    @CanIgnoreReturnValue
    BundleConfig onlyMounts(Set<String> destinations) {
        ArrayNode mounts = JSON.createArrayNode();
        config.required("mounts").forEach(mount -> {
            if (destinations.contains(mount.required("destination").asText())) {
                mounts.add(mount);
            }
        });
        config.set("mounts", mounts);
        return this;
    }

    /** Shows a folder of the machine at the same place; {@code mode} is {@code ro} or {@code rw}. */
    @CanIgnoreReturnValue
    BundleConfig bind(String folder, String mode) {
        return mount("bind", folder, folder, List.of("rbind", mode));
    }

    @CanIgnoreReturnValue
    BundleConfig mount(String type, String source, String destination, List<String> options) {
        ObjectNode mount = ((ArrayNode) config.required("mounts")).addObject();
        mount.put("type", type).put("source", source).put("destination", destination);
        mount.set("options", JSON.valueToTree(options));
        return this;
    }

    @CanIgnoreReturnValue
    BundleConfig namespaces(List<String> types) {
        ArrayNode namespaces = linux().putArray("namespaces");
        types.forEach(type -> namespaces.addObject().put("type", type));
        return this;
    }

    /** Sets {@code linux.seccomp}, in the runtime specification's form. */
    @CanIgnoreReturnValue
    BundleConfig seccomp(byte[] document) throws IOException {
        linux().set("seccomp", JSON.readTree(document));
        return this;
    }

    void write(Path bundle) throws IOException {
        Files.write(bundle.resolve("config.json"), JSON.writeValueAsBytes(config));
    }

    private ObjectNode process() {
        return (ObjectNode) config.required("process");
    }

    private ObjectNode linux() {
        return (ObjectNode) config.required("linux");
    }
}
