package io.github.strait.lint;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;

/** New namespaces open code of the kernel that otherwise asks for privilege. */
final class NamespaceCheck implements Check {
    static final ImmutableSet<String> CALLS = ImmutableSet.of("clone", "clone3", "unshare", "setns");

    /** All CLONE_NEW flags but CLONE_NEWTIME, which clone does not take. */
    private static final String MASK = "0x7E020000";

    @Override
    public String id() {
        return "namespaces";
    }

    @Override
    public String source() {
        return "read: clone(2), unshare(2), setns(2), user_namespaces(7)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (!subject.deniesByDefault()) {
            return;
        }
        for (Site site : subject.sites()) {
            boolean granted = !site.rule().scope().includes().caps().isEmpty();
            if (site.permits() && !granted && site.isUnconditional()) {
                site.rule().names().stream()
                        .filter(CALLS::contains)
                        .forEach(name -> findings.add(
                                name.startsWith("clone") ? Severity.NOTE : Severity.WARNING,
                                site,
                                name,
                                "'" + name + "' is allowed with every flag: " + effect(name),
                                fix(name, subject)));
            }
        }
    }

    private static String effect(String name) {
        return switch (name) {
            case "setns" -> "a process that finds a handle joins the namespaces of the host";
            case "clone3" -> "its flags are in memory, where a filter does not see those for new namespaces";
            default -> "a new user namespace gives its maker every capability within";
        };
    }

    private static String fix(String name, Subject subject) {
        return switch (name) {
            case "clone" -> "allow it where argument 0 (1 on s390x) masked with " + MASK + " (2114060288) gives 0";
            case "clone3" -> "answer " + subject.enosys() + ", and libc uses clone";
            default -> "deny it, or allow the flags that the program passes";
        };
    }
}
