package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Libseccomp;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A name that the installed libseccomp does not know does nothing. */
final class NewSyscallCheck implements Check {
    @Override
    public String id() {
        return "newer-than-libseccomp";
    }

    @Override
    public String source() {
        return "read: libseccomp release notes; measured: libseccomp 2.5.4";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Map<String, Map<String, Site>> allowed = new TreeMap<>();
        Map<String, Site> denied = new TreeMap<>();
        for (Site site : subject.sites()) {
            for (String name : site.rule().names()) {
                if (!subject.libseccomp().knows(name)) {
                    Map<String, Site> names = site.permits() && subject.deniesByDefault()
                            ? allowed.computeIfAbsent(needed(name), key -> new TreeMap<>())
                            : denied;
                    names.putIfAbsent(name, site);
                }
            }
        }
        String library = "libseccomp " + subject.libseccomp().version();
        allowed.forEach((version, names) -> add(
                findings,
                Severity.WARNING,
                names,
                Wording.verb(names.keySet(), "is", "are") + " unknown to " + library + " and denied there",
                Wording.verb(names.keySet(), "it needs ", "they need ") + version));
        if (!denied.isEmpty()) {
            add(
                    findings,
                    Severity.NOTE,
                    denied,
                    Wording.verb(denied.keySet(), "is", "are") + " unknown to " + library
                            + " and left to the default there",
                    "check that the default will do, or use a newer libseccomp");
        }
    }

    private static void add(
            Findings findings, Severity severity, Map<String, Site> names, String what, String remediation) {
        Map.Entry<String, Site> first = names.entrySet().stream()
                .min(Comparator.comparingInt(entry -> entry.getValue().line(entry.getKey())))
                .orElseThrow();
        findings.add(
                severity,
                first.getValue().line(first.getKey()),
                OptionalInt.of(first.getValue().index()),
                names.keySet(),
                Wording.list(names.keySet()) + " " + what,
                remediation);
    }

    private static String needed(String name) {
        return Libseccomp.firstToKnow(name)
                .map(version -> "libseccomp " + version.version())
                .orElse("a libseccomp newer than any released");
    }
}
