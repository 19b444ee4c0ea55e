package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a recording of a new container.
 *
 * @param trace where the trace goes; compressed when its name says so
 * @param image as the engine knows it
 * @param engine the one that runs it; the first that is there when empty
 * @param engineOptions of {@code podman run} or {@code docker run}
 * @param command what runs in it; empty for the image's own
 * @param under the file with the profile that it runs under; empty for the engine's own
 * @param noNewPrivileges whether it has no_new_privs set
 * @param duration how long to record, until it gets SIGTERM
 */
public record ImageOptions(
        Path trace,
        String image,
        Optional<ContainerEngine> engine,
        ImmutableList<String> engineOptions,
        ImmutableList<String> command,
        Optional<Path> under,
        boolean noNewPrivileges,
        Optional<Duration> duration) {
    private static final Pattern DETACHED = Pattern.compile("--detach(?:=true)?|-[itP]*d[itdP]*");
    private static final Pattern NO_NEW_PRIVILEGES =
            Pattern.compile("(?:--security-opt=)?no-new-privileges(?:[=:]true)?");
    private static final int LONGEST = 200;

    /** The trace in the current directory that has the name of the image. */
    public static Path defaultTrace(String image) {
        String name = image.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]", "_");
        return Path.of(name.substring(0, Math.min(LONGEST, name.length())) + ".strace.zst");
    }

    boolean isDetached() {
        return engineOptions.stream().anyMatch(word -> DETACHED.matcher(word).matches());
    }

    /** Whether the container has no_new_privs set, by this or by the words for the engine. */
    public boolean hasNoNewPrivileges() {
        return noNewPrivileges
                || engineOptions.stream()
                        .anyMatch(word -> NO_NEW_PRIVILEGES.matcher(word).matches());
    }

    /** The words of the engine's command line between its {@code run} and the command in the container. */
    List<String> run() {
        ImmutableList.Builder<String> words = ImmutableList.builder();
        if (engineOptions.stream().noneMatch(word -> word.startsWith("--rm") || word.startsWith("--restart"))) {
            words.add("--rm");
        }
        if (noNewPrivileges) {
            words.add("--security-opt", "no-new-privileges");
        }
        under.ifPresent(file -> words.add("--security-opt", "seccomp=" + file.toAbsolutePath()));
        return words.addAll(engineOptions).add(image).build();
    }
}
