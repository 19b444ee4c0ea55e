package io.github.strait.lint;

import io.github.strait.argument.Prototype;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import java.util.List;

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
            for (Condition condition : site.rule().conditions()) {
                report(findings, site, condition, List.copyOf(site.rule().names()));
            }
        }
    }

    private static void report(Findings findings, Site site, Condition condition, List<String> names) {
        int index = condition.index();
        List<String> lacking =
                names.stream().filter(name -> Prototype.of(name).lacks(index)).toList();
        if (!lacking.isEmpty()) {
            findings.add(
                    Severity.WARNING,
                    site,
                    lacking,
                    "'" + condition + "' looks at an argument that " + Wording.list(lacking) + " "
                            + Wording.verb(lacking, "does", "do") + " not have: what the register holds is chance",
                    "remove the condition, or name the argument that is meant, from 0");
        }
        List<String> pointing = names.stream()
                .filter(name -> Prototype.of(name).pointers().contains(index))
                .toList();
        // whether there is one at all can be asked
        boolean isNull = condition.value() == 0;
        if (!pointing.isEmpty() && !isNull) {
            findings.add(
                    Severity.WARNING,
                    site,
                    pointing,
                    "'" + condition + "' compares an address in memory, for that argument of " + Wording.list(pointing)
                            + " is a pointer: the filter does not see what it points to",
                    "remove the condition; no filter can look at paths and structures");
        }
    }
}
