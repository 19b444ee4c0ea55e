package io.github.strait.lint;

import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Severity;

/** Calls that are many in one, allowed as a whole. */
final class WideCallCheck implements Check {
    private static final ImmutableMap<String, String> CALLS = ImmutableMap.of(
            "socket",
            "for every family: AF_ALG (38), AF_VSOCK (40), AF_PACKET (17), AF_TIPC (30), AF_RDS (21), AF_CAN (29) and"
                    + " netfilter's netlink are open, through which unprivileged programs became root",
            "personality",
            "with every value, also those that make memory executable and addresses predictable");

    @Override
    public String id() {
        return "wide-call";
    }

    @Override
    public String source() {
        return "read: socket(2), personality(2), the CVEs of the table of arguments";
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
                                "allow the values of argument 0 that the program uses, each in a rule with SCMP_CMP_MASKED_EQ,"
                                        + " value 4294967295 (0xffffffff) and the number as valueTwo, or generate the"
                                        + " profile with --args=safe"));
            }
        }
    }
}
