package io.github.strait.format;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Locale;

/**
 * Who reads a document. Docker and Podman read it themselves and hand the result to a runtime, here runc; runc and crun
 * read it as {@code linux.seccomp} of a container's configuration. Three of them are written in Go, whose
 * {@code encoding/json} ignores the case of keys, takes the last of equal keys, takes null for nothing, and refuses every
 * value of another type; crun's reader, libocispec, takes the first of equal keys and skips values of another type.
 */
public enum Engine {
    RUNC("runc"),
    CRUN("crun"),
    DOCKER("Docker"),
    PODMAN("Podman");

    /** All of them. */
    static final ImmutableSet<Engine> ALL = ImmutableSet.copyOf(values());

    /** Those that are written in Go. */
    static final ImmutableSet<Engine> GO = ImmutableSet.of(RUNC, DOCKER, PODMAN);

    /** Those that read what Moby adds to the runtime specification. */
    static final ImmutableSet<Engine> EXTENDED = ImmutableSet.of(DOCKER, PODMAN);

    static final ImmutableSet<Engine> NONE = ImmutableSet.of();
    static final ImmutableSet<Engine> ONLY_CRUN = ImmutableSet.of(CRUN);
    static final ImmutableSet<Engine> ONLY_PODMAN = ImmutableSet.of(PODMAN);
    static final ImmutableSet<Engine> ONLY_DOCKER = ImmutableSet.of(DOCKER);

    private static final ImmutableSet<String> EXTENDED_KEYS = ImmutableSet.of(
            "archMap", "architecture", "subArchitectures", "includes", "excludes", "arches", "caps", "comment", "name");

    private static final ImmutableSet<String> REQUIRED_KEYS = ImmutableSet.of("defaultAction", "names", "action", "op");

    private final String label;

    Engine(String label) {
        this.label = label;
    }

    /** How people call it. */
    public String label() {
        return label;
    }

    boolean isGo() {
        return this != CRUN;
    }

    /**
     * The reader behind a word of {@code --runtime}, with or without a version. CRI-O shares Podman's; whatever else is
     * known reads plain OCI with Go's library, as runc does.
     */
    public static Engine of(String runtime) {
        String name = runtime.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "docker", "none" -> DOCKER;
            case "podman", "cri-o", "crio", "buildah" -> PODMAN;
            case "crun" -> CRUN;
            default -> RUNC;
        };
    }

    /** Those that look at this key of a document at all. */
    static ImmutableSet<Engine> readersOf(String key) {
        if (key.equals("errno") || key.equals("defaultErrno")) {
            return ONLY_PODMAN;
        }
        if (key.equals("minKernel")) {
            return ONLY_DOCKER;
        }
        return EXTENDED_KEYS.contains(key) ? EXTENDED : ALL;
    }

    /** Those that refuse a value of another type: Go's readers, and crun where it then misses a required key. */
    static ImmutableSet<Engine> typedReadersOf(String key) {
        return ImmutableSet.copyOf(Sets.intersection(readersOf(key), isRequired(key) ? ALL : GO));
    }

    /** Whether crun refuses a document without the key. */
    static boolean isRequired(String key) {
        return REQUIRED_KEYS.contains(key);
    }

    /** Those that refuse a document without the key; Go's readers take a rule without names, which does nothing. */
    static ImmutableSet<Engine> refusingWithout(String key) {
        return !isRequired(key) ? NONE : key.equals("names") ? ONLY_CRUN : ALL;
    }

    /** For messages: {@code Docker and Podman}. */
    static String list(Iterable<Engine> engines) {
        StringBuilder list = new StringBuilder();
        int left = ImmutableSet.copyOf(engines).size();
        for (Engine engine : engines) {
            left--;
            list.append(list.length() == 0 ? "" : left == 0 ? " and " : ", ").append(engine.label);
        }
        return list.toString();
    }
}
