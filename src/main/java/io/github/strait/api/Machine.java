package io.github.strait.api;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Capability;
import io.github.strait.syscall.KernelVersion;
import java.util.List;
import java.util.Optional;

/**
 * The machine on which a profile counts: what the rules of a document in Docker's extended form may ask of it.
 *
 * @param capabilities those of the container, as {@code CAP_SYS_ADMIN}
 * @param kernel its kernel; empty for one that is newer than any
 */
public record Machine(ImmutableSortedSet<String> capabilities, Optional<KernelVersion> kernel) {
    /** Docker's capabilities, and the newest kernel. */
    public static final Machine DEFAULT = new Machine(Capability.ofDocker(), Optional.empty());

    /** The native ABI of the machine that this runs on. */
    public static Arch here() {
        return Arch.find(System.getProperty("os.arch", "")).orElse(Arch.X86_64);
    }

    /**
     * The machine that these words mean.
     *
     * @param capabilities names, {@code none}, or {@code default} for Docker's; Docker's when empty
     * @param kernel {@code 6.1}, or what {@code uname -r} prints, whose numbers count; empty for the newest
     * @throws RefusalException when a name or the version is not known
     */
    public static Machine parse(List<String> capabilities, Optional<String> kernel) {
        ImmutableSortedSet.Builder<String> held = ImmutableSortedSet.naturalOrder();
        for (String name : capabilities.isEmpty() ? List.of("default") : capabilities) {
            if (name.equals("default")) {
                held.addAll(Capability.ofDocker());
            } else if (!name.equals("none")) {
                held.add(Capability.find(name)
                        .orElseThrow(() -> RefusalException.usage("unknown capability '" + name
                                + "'; known are: default none " + String.join(" ", Capability.all()))));
            }
        }
        return new Machine(held.build(), kernel.map(Machine::version));
    }

    private static KernelVersion version(String kernel) {
        try {
            return KernelVersion.parse(kernel.replaceFirst("[-+_~ ].*", ""));
        } catch (RefusalException e) {
            throw RefusalException.usage(e.getMessage() + "; write it as 6.1, or as uname -r does");
        }
    }

    KernelVersion newest() {
        return kernel.orElse(Start.NEWEST_KERNEL);
    }

    /** The capabilities and the kernel, for a message. */
    String words() {
        String has = capabilities.equals(Capability.ofDocker())
                ? "Docker's default capabilities"
                : capabilities.isEmpty() ? "no capabilities" : String.join(" ", capabilities);
        return kernel.map(version -> "kernel " + version).orElse("the newest kernel") + " and " + has;
    }
}
