package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Set;

/** The kernel takes 4096 instructions. */
final class InstructionLimitCheck implements Check {
    private static final int LIMIT = 4096;

    /** The instructions that libseccomp needs for the architecture, the number and the end. */
    private static final int FRAME = 10;

    @Override
    public String id() {
        return "instruction-limit";
    }

    @Override
    public String source() {
        return "measured: sizes of filters that libseccomp 2.5.4 compiled; read: BPF_MAXINSNS in linux/bpf_common.h";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        List<? extends Set<Arch>> machines =
                subject.machines().isEmpty() ? List.of(Set.of(Arch.X86_64)) : subject.machines();
        long most = machines.stream()
                .mapToLong(arches -> estimate(subject, arches))
                .max()
                .orElse(0);
        if (most > LIMIT) {
            findings.add(
                    Severity.ERROR,
                    subject.defaultLine(),
                    "the filter has about " + most + " instructions and the kernel takes " + LIMIT
                            + ": no container starts",
                    "drop architectures, or conditions that differ only in their value");
        }
    }

    private static long estimate(Subject subject, Set<Arch> arches) {
        long sum = 0;
        for (Arch arch : arches) {
            sum += FRAME;
            for (Site site : subject.sites()) {
                long names = site.rule().names().stream()
                        .filter(SyscallTable.of(arch)::contains)
                        .count();
                sum += names * cost(site, arch);
            }
        }
        return sum;
    }

    /** One jump for the number; a condition loads and compares each half of an argument, under a mask if need be. */
    private static long cost(Site site, Arch arch) {
        int halves = arch.pointerBits() / 32;
        long conditions = site.rule().conditions().stream()
                .mapToLong(condition -> (condition.operator() == Operator.MASKED_EQ ? 3L : 2L) * halves)
                .sum();
        return conditions == 0 ? 1 : conditions + 2;
    }
}
