package io.github.strait.live;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a test with {@link RequiresTool} runs, is skipped, or fails at once. */
final class RequiresToolCondition implements ExecutionCondition {
    static final String MODE = "strait.live";

    /** Debian's packages, for the programs that are not named as theirs. */
    private static final ImmutableMap<String, String> PACKAGES = ImmutableMap.<String, String>builder()
            .put("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")
            .put("bwrap", "bubblewrap")
            .put("busybox", "busybox-static")
            .put("ctr", "containerd")
            .put("docker", "docker.io")
            .put("dockerd", "docker.io")
            .put("ip", "iproute2")
            .put("lxc-start", "lxc")
            .put("node", "nodejs")
            .put("psql", "postgresql")
            .put("qemu-aarch64-static", "qemu-user-static")
            .put("redis-cli", "redis-tools")
            .put("scmp_sys_resolver", "seccomp")
            .put("systemctl", "systemd")
            .put("systemd-analyze", "systemd")
            .put("unshare", "util-linux")
            .put("xz", "xz-utils")
            .buildOrThrow();

    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<RequiresTool> needs =
                AnnotationSupport.findRepeatableAnnotations(context.getElement(), RequiresTool.class);
        if (needs.stream().anyMatch(RequiresTool::asRoot) && !isRoot()) {
            return notRoot();
        }
        List<String> missing = needs.stream()
                .flatMap(annotation -> Arrays.stream(annotation.value()))
                .filter(tool -> !onPath(tool))
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("every tool is installed");
        }
        if (required()) {
            throw new MissingToolException(describe(missing));
        }
        missing.stream()
                .filter(REPORTED::add)
                .forEach(tool -> System.err.println("LIVE TESTS NOT RUN: " + describe(List.of(tool))));
        return ConditionEvaluationResult.disabled(describe(missing));
    }

    private static ConditionEvaluationResult notRoot() {
        String reason = "only root starts containers (run as root)";
        if (required()) {
            throw new MissingToolException(reason);
        }
        if (REPORTED.add("root")) {
            System.err.println("LIVE TESTS NOT RUN: " + reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String describe(List<String> tools) {
        String names = String.join(", ", tools);
        String packages =
                tools.stream().map(tool -> PACKAGES.getOrDefault(tool, tool)).collect(joining(" "));
        return names + (tools.size() == 1 ? " is" : " are") + " not installed (apt-get install " + packages + ")";
    }

    private static boolean required() {
        return switch (System.getProperty(MODE, "")) {
            case "required" -> true;
            case "optional" -> false;
            default -> "true".equals(System.getenv("CI"));
        };
    }

    private static boolean onPath(String tool) {
        return Splitter.on(':')
                .omitEmptyStrings()
                .splitToStream(Strings.nullToEmpty(System.getenv("PATH")))
                .map(directory -> Path.of(directory, tool))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    /** A program that a required live test cannot do without. */
    @SuppressWarnings("serial")
    static final class MissingToolException extends RuntimeException {
        MissingToolException(String message) {
            super(message);
        }
    }
}
