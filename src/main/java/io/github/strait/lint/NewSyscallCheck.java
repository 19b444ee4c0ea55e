package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Libseccomp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        for (Site site : subject.sites()) {
            Map<String, List<String>> byVersion = new TreeMap<>();
            for (String name : site.rule().names()) {
                if (!subject.libseccomp().knows(name)) {
                    String version = Libseccomp.firstToKnow(name)
                            .map(one -> "libseccomp " + one.version())
                            .orElse("a libseccomp newer than any released");
                    byVersion.computeIfAbsent(version, key -> new ArrayList<>()).add(name);
                }
            }
            byVersion.forEach((version, names) -> findings.add(
                    site.permits() && subject.deniesByDefault() ? Severity.WARNING : Severity.NOTE,
                    site,
                    names,
                    Words.list(names) + " " + Words.verb(names, "is", "are") + " unknown to libseccomp "
                            + subject.libseccomp().version() + " and "
                            + (site.permits() ? "denied there" : "left to the default there"),
                    Words.verb(names, "it needs ", "they need ") + version));
        }
    }
}
