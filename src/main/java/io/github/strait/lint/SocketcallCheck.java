package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Optional;

/** Where there is socketcall, the family of a socket is in memory and no filter sees it. */
final class SocketcallCheck implements Check {
    @Override
    public String id() {
        return "socketcall";
    }

    @Override
    public String source() {
        return "measured: libseccomp 2.5.4 and 2.6.1; read: socketcall(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        List<Arch> arches = subject.machines().isEmpty()
                ? List.of()
                : subject.architectures().stream()
                        .filter(arch -> SyscallTable.of(arch).contains("socketcall"))
                        .toList();
        Optional<Site> site = subject.rules("socket").stream()
                .filter(rule -> !rule.isUnconditional())
                .findFirst();
        if (arches.isEmpty()
                || site.isEmpty()
                || subject.rules("socket").stream().anyMatch(Site::isUnconditional)) {
            return;
        }
        boolean named = subject.rules("socketcall").stream().anyMatch(Site::permits);
        List<String> labels = arches.stream().map(Arch::scmpToken).toList();
        findings.add(
                Severity.WARNING,
                site.get(),
                "socket",
                "the conditions on socket do not bind programs of " + String.join(", ", labels)
                        + ", which reach every family through socketcall; "
                        + (named ? "the profile allows it" : "libseccomp allows it along with socket"),
                "leave those architectures out where no program needs them");
    }
}
