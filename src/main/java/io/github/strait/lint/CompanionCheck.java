package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.Located;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An ABI that no program can use only widens the profile. */
final class CompanionCheck implements Check {
    @Override
    public String id() {
        return "needless-architecture";
    }

    @Override
    public String source() {
        return "measured: libseccomp 2.5.4 and 2.6.1 add socketcall and ipc on x86; runc 1.1.5, crun 1.8.1";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        List<ImmutableList<Located<Arch>>> machines = subject.draft().machines().isEmpty()
                ? List.of(subject.draft().architectures())
                : subject.draft().machines();
        for (ImmutableList<Located<Arch>> machine : machines) {
            Set<Arch> listed = machine.stream().map(Located::value).collect(Collectors.toSet());
            for (Located<Arch> arch : machine) {
                Arch own = arch.value().nativeArch();
                if (own != arch.value() && listed.contains(own)) {
                    companion(subject, arch, own, findings);
                }
            }
        }
    }

    private static void companion(Subject subject, Located<Arch> arch, Arch own, Findings findings) {
        if (arch.value() == Arch.X32) {
            findings.add(
                    Severity.NOTE,
                    arch.line(),
                    "SCMP_ARCH_X32 opens a second numbering that hardly any distribution has programs for",
                    "leave it out unless a trace shows x32");
        } else if (subject.deniesByDefault() && !hasNamesOfItsOwn(subject, arch.value(), own)) {
            findings.add(
                    Severity.WARNING,
                    arch.line(),
                    arch.value().scmpToken() + " is listed, and no call that "
                            + arch.value().label() + " has and "
                            + own.label()
                            + " lacks is allowed; its programs hardly start, while filters on arguments may"
                            + " be walked around through it",
                    "leave it out unless a trace shows such a program");
        }
    }

    private static boolean hasNamesOfItsOwn(Subject subject, Arch arch, Arch own) {
        return subject.sites().stream()
                .filter(Site::permits)
                .flatMap(site -> site.rule().names().stream())
                .anyMatch(name -> SyscallTable.of(arch).contains(name)
                        && !SyscallTable.of(own).contains(name));
    }
}
