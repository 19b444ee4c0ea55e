package io.github.strait.format;

import java.util.Locale;

/**
 * A container engine that reads documents. Docker and Podman read it themselves and hand the result to a runtime, here
 * runc; runc and crun read it as {@code linux.seccomp} of a container's configuration. Three of them are written in Go,
 * whose {@code encoding/json} ignores the case of keys, takes the last of equal keys, ignores null, and refuses every
 * value of another type. crun's reader, libocispec, takes the first of equal keys and skips values of another type.
 */
public enum Engine {
    RUNC("runc"),
    CRUN("crun"),
    DOCKER("Docker"),
    PODMAN("Podman");

    private final String label;

    Engine(String label) {
        this.label = label;
    }

    /** Its usual name. */
    public String label() {
        return label;
    }

    /** Whether it is written in Go. */
    public boolean isGo() {
        return this != CRUN;
    }

    /**
     * The reader for a word of {@code --runtime}, with or without a version. CRI-O shares Podman's; all other known
     * ones read plain OCI with Go's library, as runc does.
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
}
