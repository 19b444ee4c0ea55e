package io.github.strait.lint;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft.WrittenRule;
import io.github.strait.format.Located;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A name that nobody knows does nothing. */
final class UnknownSyscallCheck implements Check {
    private static final ImmutableMap<String, String> OTHER_NAMES = Table.read("other-names.tsv").stream()
            .collect(ImmutableMap.toImmutableMap(row -> row.get(0), row -> row.get(1)));

    @Override
    public String id() {
        return "unknown-syscall";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28 ignore unknown names";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (WrittenRule rule : subject.draft().rules()) {
            Set<String> seen = new HashSet<>();
            for (Located<String> name : rule.names()) {
                if (!Syscalls.names().contains(name.value()) && seen.add(name.value())) {
                    findings.add(
                            Severity.WARNING,
                            name.line(),
                            OptionalInt.of(rule.index()),
                            List.of(name.value()),
                            Words.quoted(name.value()) + " is no call on any architecture, and runtimes ignore it"
                                    + (isNumber(name.value()) ? "; numbers are not read" : ""),
                            fix(name.value(), findings));
                }
            }
        }
    }

    /** Guessing is dear, and in vain for findings that are only counted. */
    private static String fix(String name, Findings findings) {
        Optional<String> meant = findings.isFull() ? Optional.empty() : meant(name);
        return meant.map(other -> "write '" + other + "'").orElse("remove it");
    }

    private static Optional<String> meant(String name) {
        if (isNumber(name)) {
            return name.length() > 4
                    ? Optional.empty()
                    : SyscallTable.of(Arch.X86_64).name(Integer.parseInt(name));
        }
        return Optional.ofNullable(OTHER_NAMES.get(name))
                .or(() -> StraceName.toLibseccomp(name, Arch.X86_64).filter(Syscalls.names()::contains))
                .or(() -> Nearest.of(Ascii.toLowerCase(name.strip()), Syscalls.names()));
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
