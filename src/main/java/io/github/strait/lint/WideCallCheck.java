package io.github.strait.lint;

import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Severity;

/** Calls that are many in one, allowed as a whole. */
final class WideCallCheck implements Check {
    private static final ImmutableMap<String, String> CALLS = ImmutableMap.of(
            "socket",
            "for every family, AF_ALG (38) and AF_VSOCK (40) among them, which Docker denies since 2026",
            "personality",
            "with every value, also those that make memory executable and addresses predictable, which Docker denies");

    @Override
    public String id() {
        return "wide-call";
    }

    @Override
    public String source() {
        return "read: moby profiles/seccomp, personality(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (!subject.deniesByDefault()) {
            return;
        }
        for (Site site : subject.sites()) {
            if (site.permits() && site.isUnconditional()) {
                site.rule().names().stream()
                        .filter(CALLS::containsKey)
                        .forEach(name -> findings.add(
                                Severity.NOTE,
                                site,
                                name,
                                "'" + name + "' is allowed " + CALLS.get(name),
                                "allow the values of argument 0 that the program uses, each with SCMP_CMP_EQ"));
            }
        }
    }
}
