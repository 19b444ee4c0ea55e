package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Located;
import io.github.strait.syscall.Arch;

/** Runtimes learnt some architectures late. */
final class YoungArchitectureCheck implements Check {
    @Override
    public String id() {
        return "young-architecture";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Located<Arch> arch : subject.draft().architectures()) {
            if (arch.value() == Arch.RISCV64 || arch.value() == Arch.LOONGARCH64) {
                findings.add(
                        Severity.NOTE,
                        arch.line(),
                        arch.value().scmpToken()
                                + " in the list keeps containers of older runtimes from starting on every"
                                + " machine: runc 1.1.5 does not know it",
                        "write a profile of its own for that machine, or require newer runtimes");
            }
        }
    }
}
