package io.github.strait.lint;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.format.oci.Located;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An unknown name has no effect. */
final class UnknownSyscallCheck implements Check {
    private static final ImmutableMap<String, String> OTHER_NAMES =
            TableResource.read(UnknownSyscallCheck.class, "other-names.tsv").index(row -> row.get(1));

    /** A number, also as strace prints one that it has no name for. */
    private static final Pattern NUMBER =
            Pattern.compile("(?:" + NamelessCall.PREFIX + ")?(0x[0-9a-f]{1,4}|[1-9][0-9]{0,3}|0)");

    private static final ImmutableList<String> PREFIXES = ImmutableList.of("__NR_", "__x64_sys_", "SYS_", "sys_");

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
                            Wording.quoted(name.value()) + " is not a call on any architecture, and runtimes ignore it"
                                    + (isNumber(name.value()) ? "; numbers are not read" : ""),
                            fix(name.value(), findings));
                }
            }
        }
    }

    /** Guessing is expensive, and useless for findings that are only counted. */
    private static String fix(String name, Findings findings) {
        Optional<String> meant = findings.isFull() ? Optional.empty() : meant(name);
        return meant.map(other -> "write '" + other + "'").orElse("remove it");
    }

    private static Optional<String> meant(String name) {
        Matcher number = NUMBER.matcher(name);
        if (number.matches()) {
            return SyscallTable.of(Arch.X86_64).name(Integer.decode(number.group(1)));
        }
        return Optional.ofNullable(OTHER_NAMES.get(name))
                .or(() -> withoutPrefix(name))
                .or(() -> StraceName.toLibseccomp(name, Arch.X86_64).filter(Syscalls.names()::contains))
                .or(() -> Nearest.of(Ascii.toLowerCase(name.strip()), Syscalls.names()));
    }

    /** Of {@code __NR_read} and the like what the kernel's sources put before a name. */
    private static Optional<String> withoutPrefix(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .filter(Syscalls.names()::contains)
                .findFirst();
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
