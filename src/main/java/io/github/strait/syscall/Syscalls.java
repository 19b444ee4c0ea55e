package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every call of every ABI. The names are those of the kernel's headers, which libseccomp uses too; the versions come from
 * the manual page syscalls(2) and from the kernel's history, as {@code src/main/tools/tables} says row by row.
 */
public final class Syscalls {
    private static final ImmutableSortedSet<String> NAMES = ImmutableSortedSet.copyOf(SyscallTable.allNames());

    private Syscalls() {}

    /** All names, of any ABI. */
    public static ImmutableSortedSet<String> names() {
        return NAMES;
    }

    /**
     * The first kernel with this call on any ABI; empty when the name is unknown, or is a number's name that no released
     * kernel gave a meaning (such as {@code afs_syscall}).
     */
    public static Optional<KernelVersion> since(String name) {
        String cell = SyscallTable.since(name);
        return cell.equals(TableResource.ABSENT) ? Optional.empty() : Optional.of(KernelVersion.parse(cell));
    }

    /** The ABIs that have this call, in the order of declaration; empty when the name is unknown. */
    public static ImmutableList<Arch> architectures(String name) {
        return Arrays.stream(Arch.values())
                .filter(arch -> SyscallTable.of(arch).contains(name))
                .collect(ImmutableList.toImmutableList());
    }
}
