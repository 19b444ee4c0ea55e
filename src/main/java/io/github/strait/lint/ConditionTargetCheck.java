package io.github.strait.lint;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Prototype;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A condition looks at a register: of a pointer that is an address, and of an argument that the call lacks it is chance. */
final class ConditionTargetCheck implements Check {
    @Override
    public String id() {
        return "condition-target";
    }

    @Override
    public String source() {
        return "read: seccomp(2), the kernel's include/linux/syscalls.h";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Site site : subject.sites()) {
            ImmutableSortedSet<Arch> abis = subject.abis().stream()
                    .filter(abi -> site.rule().scope().mayApply(abi.nativeArch()))
                    .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
            for (Condition condition : site.rule().conditions()) {
                int index = condition.index();
                byAbis(site, abis, prototype -> prototype.lacks(index))
                        .forEach((where, names) -> lacking(findings, site, condition, where, names));
                if (abis.stream().anyMatch(abi -> !asksForNull(condition, abi))) {
                    byAbis(site, abis, prototype -> prototype.pointers().contains(index))
                            .forEach((where, names) -> pointing(findings, site, condition, where, names));
                }
            }
        }
    }

    /** The calls of the rule with such a prototype, by where they have it: {@code on x86 and s390x}; nothing for everywhere. */
    private static Map<String, List<String>> byAbis(
            Site site, ImmutableSortedSet<Arch> abis, Predicate<Prototype> wanted) {
        Map<String, List<String>> names = new TreeMap<>();
        for (String name : site.rule().names()) {
            List<Arch> having = abis.stream()
                    .filter(abi -> SyscallTable.of(abi).contains(name))
                    .toList();
            List<Arch> found = having.stream()
                    .filter(abi -> wanted.test(Prototype.of(name, abi)))
                    .toList();
            if (!found.isEmpty()) {
                String where = found.size() == having.size()
                        ? ""
                        : " on " + found.stream().map(Arch::label).collect(Collectors.joining(" and "));
                names.computeIfAbsent(where, none -> new ArrayList<>()).add(name);
            }
        }
        return names;
    }

    private static void lacking(Findings findings, Site site, Condition condition, String where, List<String> names) {
        findings.add(
                Severity.WARNING,
                site,
                names,
                "'" + condition + "' looks at an argument that " + Wording.list(names) + " "
                        + Wording.verb(names, "does", "do") + " not have" + where
                        + ": what the register holds is chance",
                "remove the condition, or name the argument that is meant, from 0" + elsewhere(where));
    }

    private static void pointing(Findings findings, Site site, Condition condition, String where, List<String> names) {
        findings.add(
                Severity.WARNING,
                site,
                names,
                "'" + condition + "' compares an address in memory, for that argument of " + Wording.list(names)
                        + " is a pointer" + where + ": the filter does not see what it points to",
                "remove the condition; no filter can look at paths and structures" + elsewhere(where));
    }

    private static String elsewhere(String where) {
        return where.isEmpty() ? "" : ", or write a profile for each architecture";
    }

    /** Whether there is a pointer at all can be asked. */
    private static boolean asksForNull(Condition condition, Arch abi) {
        long word = abi.pointerBits() == Integer.SIZE ? 0xffff_ffffL : -1L;
        long value = condition.value() & word;
        return switch (condition.operator()) {
            case EQ, NE, LE, GT -> value == 0;
            case LT, GE -> value == 1;
            case MASKED_EQ -> value == word && (condition.valueTwo() & word) == 0;
        };
    }
}
