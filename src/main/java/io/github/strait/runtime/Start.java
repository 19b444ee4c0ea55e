package io.github.strait.runtime;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Capability;
import io.github.strait.syscall.KernelVersion;

/**
 * How a container is started, which decides whether it does under a profile.
 *
 * @param runtime an engine or a runtime, with or without a version: {@code docker}, {@code crun@1.8}
 * @param noNewPrivileges whether the container has no_new_privs set
 * @param init whether the program runs below the engine's {@code --init}
 * @param exec whether programs are also started in the running container
 * @param capabilities those of the container, as {@code CAP_SYS_ADMIN}
 * @param kernel the kernel that it runs on
 */
public record Start(
        String runtime,
        boolean noNewPrivileges,
        boolean init,
        boolean exec,
        ImmutableSortedSet<String> capabilities,
        KernelVersion kernel) {
    /** Newer than any that a document can name. */
    public static final KernelVersion NEWEST_KERNEL = new KernelVersion(9999, 0);

    /** The start that {@code docker run IMAGE} makes. */
    public static final Start DEFAULT = new Start("docker", false, false, false, Capability.ofDocker(), NEWEST_KERNEL);

    /**
     * Refuses an unknown runtime, and one that lacks the requested version, init or exec.
     *
     * @throws RefusalException when there is no such start
     */
    public Start {
        RuntimeCalls.of(runtime, noNewPrivileges, init, exec);
    }

    /** The calls that are made under the filter before the program runs. */
    public RuntimeCalls calls() {
        return RuntimeCalls.of(runtime, noNewPrivileges, init, exec);
    }

    /** The same start with no_new_privs set or not. */
    public Start withNoNewPrivileges(boolean isSet) {
        return new Start(runtime, isSet, init, exec, capabilities, kernel);
    }

    /** Whether what starts the container reads {@code includes} and {@code excludes}: engines with Docker's form do. */
    public boolean readsScopes() {
        return switch (name()) {
            case "docker", "podman", "cri-o", "crio" -> true;
            default -> false;
        };
    }

    /** Whether an engine creates the container and starts it later, rather than a runtime in one step. */
    public boolean isInTwoSteps() {
        return switch (name()) {
            case "docker", "podman", "cri-o", "crio", "containerd" -> true;
            default -> false;
        };
    }

    /** Whether what starts the program loads a compiled filter, rather than compiling a document itself. */
    public boolean loadsFilters() {
        return switch (name()) {
            case "bubblewrap", "bwrap", "setpriv", "setpriv-user" -> true;
            default -> false;
        };
    }

    /** The name without a version. */
    public String name() {
        int at = runtime.indexOf('@');
        return at < 0 ? runtime : runtime.substring(0, at);
    }
}
