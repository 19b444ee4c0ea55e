package io.github.strait.lint;

import com.google.common.collect.ImmutableMap;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.format.oci.Located;
import io.github.strait.profile.Action;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.stream.Stream;

/** A rule that runtimes would read, and where it stands. */
record Site(WrittenRule written, Rule rule, ImmutableMap<String, Integer> lines) {
    static Site of(WrittenRule written, Rule rule) {
        ImmutableMap<String, Integer> lines = written.names().stream()
                .collect(ImmutableMap.toImmutableMap(Located::value, Located::line, (first, second) -> first));
        return new Site(written, rule, lines);
    }

    int index() {
        return written.index();
    }

    int line() {
        return written.line();
    }

    /** Where the rule names the call. */
    int line(String syscall) {
        return lines.getOrDefault(syscall, written.line());
    }

    /** For messages: {@code rule 3}, or {@code rule 3 (line 12)} to point from one rule to another. */
    String label() {
        return "rule " + index() + (line() == 0 ? "" : " (line " + line() + ")");
    }

    /** Whether the call goes ahead, or may: a supervisor decides about the last. A tracer is there by accident only. */
    boolean permits() {
        return permits(rule.action());
    }

    /** The same of an action. */
    static boolean permits(Action action) {
        return switch (action) {
            case ALLOW, LOG, NOTIFY -> true;
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, TRACE -> false;
        };
    }

    /** Whether the rule holds for all arguments; a condition that looks at no bit is none. */
    boolean isUnconditional() {
        return rule.isUnconditional(Arch.X86_64);
    }

    /** Whether the rule is for machines that have the call, and says so in {@code includes}. */
    boolean isForMachineOf(String syscall) {
        return rule.scope().includes().arches().stream()
                .flatMap(machine -> Stream.concat(Stream.of(machine), machine.personalities().stream()))
                .anyMatch(arch -> SyscallTable.of(arch).contains(syscall));
    }

    boolean isEverywhere() {
        return rule.scope().isEverywhere();
    }

    /** Whether some machine surely has both rules; scopes that differ may exclude one another. */
    boolean meets(Site other) {
        return isEverywhere() || other.isEverywhere() || rule.scope().equals(other.rule.scope());
    }
}
