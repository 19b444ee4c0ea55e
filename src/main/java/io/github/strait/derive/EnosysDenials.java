package io.github.strait.derive;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Fallback;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.Optional;
import java.util.TreeMap;

/** The calls that a profile denies with ENOSYS, as a kernel without them does: their callers fall back, or must. */
final class EnosysDenials {
    private static final String ENOSYS = "ENOSYS";

    private EnosysDenials() {}

    /**
     * The denials of an ABI, by name: the calls with a {@link Fallback}, and those that came after the baseline.
     *
     * @param baseline the oldest kernel on which programs are expected to run
     */
    static ImmutableSortedMap<String, Denial> on(Arch arch, KernelVersion baseline) {
        TreeMap<String, Denial> denials = new TreeMap<>();
        for (String name : SyscallTable.of(arch).numbers().keySet()) {
            Optional<Fallback> fallback = Fallback.find(name);
            if (fallback.isPresent()) {
                denials.put(name, new Denial(ENOSYS, fallback.get().callers(), Denial.Cause.FALLBACK));
            } else if (Syscalls.since(name)
                    .filter(since -> since.compareTo(baseline) > 0)
                    .isPresent()) {
                String why = "newer than Linux " + baseline + ": callers expect kernels without it";
                denials.put(name, new Denial(ENOSYS, why, Denial.Cause.FALLBACK));
            }
        }
        return ImmutableSortedMap.copyOf(denials);
    }
}
