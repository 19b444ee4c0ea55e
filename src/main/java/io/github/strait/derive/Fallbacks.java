package io.github.strait.derive;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.TreeMap;

/**
 * The calls for which a libc or a language runtime has another way, if the answer is ENOSYS. A kernel without the call
 * answers so, and EPERM would be final: glibc 2.34 and later make no thread when clone3 answers EPERM (measured).
 */
final class Fallbacks {
    private static final String ENOSYS = "ENOSYS";
    private static final ImmutableMap<String, String> KNOWN =
            TableResource.read(Fallbacks.class, "fallbacks.tsv").index(row -> row.get(1));

    private Fallbacks() {}

    /**
     * The denials of an ABI, by name: the calls of the table, and those that came after the baseline.
     *
     * @param baseline the oldest kernel on which programs are expected to run
     */
    static ImmutableSortedMap<String, Denial> on(Arch arch, KernelVersion baseline) {
        TreeMap<String, Denial> denials = new TreeMap<>();
        for (String name : SyscallTable.of(arch).numbers().keySet()) {
            String who = KNOWN.get(name);
            if (who != null) {
                denials.put(name, new Denial(ENOSYS, who, Denial.Cause.FALLBACK));
            } else if (Syscalls.since(name)
                    .filter(since -> since.compareTo(baseline) > 0)
                    .isPresent()) {
                String why = "newer than Linux " + baseline + ", so that callers expect kernels without it";
                denials.put(name, new Denial(ENOSYS, why, Denial.Cause.FALLBACK));
            }
        }
        return ImmutableSortedMap.copyOf(denials);
    }
}
