package io.github.strait.profile;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.Set;

/** The calls that a document allows on each ABI, with all arguments or with some, for comparing two documents. */
public final class AllowedCalls {
    private AllowedCalls() {}

    /** The allowed calls of a profile for each ABI. */
    public static ImmutableSetMultimap<Arch, String> of(AbiProfiles profiles) {
        ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
        profiles.forEach((abi, profile) -> profile.rules().stream()
                .filter(rule -> rule.action() == Action.ALLOW)
                .forEach(rule -> calls.putAll(abi, rule.names())));
        return calls.build();
    }

    /** The allowed calls of a profile; one that lists no architectures stands for the given ones. */
    public static ImmutableSetMultimap<Arch, String> of(Profile profile, Set<Arch> unlisted) {
        Set<Arch> arches =
                profile.architectures().isEmpty() ? ImmutableSortedSet.copyOf(unlisted) : profile.architectures();
        ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
        for (Arch arch : arches) {
            for (Rule rule : profile.rules()) {
                if (rule.action() == Action.ALLOW && rule.scope().mayApply(arch.nativeArch())) {
                    calls.putAll(
                            arch,
                            rule.names().stream()
                                    .filter(name -> belongs(name, arch))
                                    .toList());
                }
            }
        }
        return calls.build();
    }

    /** A name that no table has may be that of a newer kernel's call. */
    private static boolean belongs(String name, Arch arch) {
        return SyscallTable.of(arch).contains(name) || !Syscalls.names().contains(name);
    }
}
