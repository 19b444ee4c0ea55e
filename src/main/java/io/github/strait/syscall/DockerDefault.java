package io.github.strait.syscall;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * The calls that Docker's built-in seccomp profile (moby/profiles, {@code seccomp/default_linux.go}) allows on kernel
 * 4.8 or newer in a container with Docker's default capabilities. The resource {@code docker-default.tsv} lists the
 * exceptions; a name that it lacks and {@code syscalls.tsv} has is allowed.
 */
public final class DockerDefault {
    private static final Splitter COLON = Splitter.on(':').limit(2);
    private static final ImmutableMap<String, String> EXCEPTIONS =
            TableResource.read(DockerDefault.class, "docker-default.tsv").index(row -> row.get(1));

    /** The one capability among those that the profile asks about which every container has by default. */
    private static final ImmutableSet<String> HELD = ImmutableSet.of("CAP_SYS_CHROOT");

    private DockerDefault() {}

    /**
     * Whether the ABI has the call and the profile allows it, with all arguments or with some. Docker evaluates
     * conditions on the machine once, for its native ABI, and applies the result to the companions as well: on amd64 a
     * 32-bit program may call {@code arch_prctl} because the 64-bit one may.
     */
    public static boolean allows(String name, Arch arch) {
        return SyscallTable.of(arch).contains(name) && satisfied(EXCEPTIONS.getOrDefault(name, "args"), arch);
    }

    /** How many calls of the ABI are allowed. */
    public static int allowedCount(Arch arch) {
        return Math.toIntExact(SyscallTable.of(arch).numbers().keySet().stream()
                .filter(name -> allows(name, arch))
                .count());
    }

    private static boolean satisfied(String condition, Arch arch) {
        String kind = COLON.splitToList(condition).get(0);
        String values = condition.substring(Math.min(condition.length(), kind.length() + 1));
        return switch (kind) {
            case "args" -> true;
            case "denied" -> false;
            case "cap" -> TableResource.items(values).stream().anyMatch(HELD::contains);
            case "arch" ->
                TableResource.items(values).stream().anyMatch(arch.nativeArch().mobyName()::equals);
            default -> throw new IllegalStateException("docker-default.tsv: unknown condition " + condition);
        };
    }
}
