package io.github.strait.record;

import io.github.strait.diagnostic.RefusalException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A program that knows which containers run, in the order in which they are asked. */
public enum ContainerEngine {
    /** Podman, also of an ordinary user. */
    PODMAN,
    /** Docker, on this machine. */
    DOCKER,
    /** Any engine of Kubernetes. */
    CRICTL,
    /** containerd itself, in all its namespaces. */
    CTR;

    /** The name of its command. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The engine of that name.
     *
     * @throws RefusalException when there is none
     */
    public static ContainerEngine of(String name) {
        return Arrays.stream(values())
                .filter(engine -> engine.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        RefusalException.usage("invalid value '" + name + "': expected podman, docker, crictl or ctr"));
    }

    /** A command that lists its containers. */
    String list() {
        return switch (this) {
            case PODMAN, DOCKER, CRICTL -> this + " ps";
            case CTR -> "ctr namespaces ls, and ctr -n NAMESPACE tasks ls";
        };
    }

    /**
     * The containers that the engine knows under a name or an id.
     *
     * @throws EngineException when it does not answer
     */
    List<FoundContainer> find(String name, EngineClient client) throws EngineException {
        return switch (this) {
            case PODMAN, DOCKER -> InspectedContainers.find(this, name, client);
            case CRICTL -> CriContainers.find(name, client);
            case CTR -> ContainerdTasks.find(name, client);
        };
    }
}
