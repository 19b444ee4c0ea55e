package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Located;
import io.github.strait.syscall.Arch;
import java.util.HashMap;
import java.util.Map;

/** One filter has one byte order. */
final class MixedByteOrderCheck implements Check {
    @Override
    public String id() {
        return "mixed-byte-order";
    }

    @Override
    public String source() {
        return "measured: libseccomp 2.5.4 (EDOM)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Map<Boolean, Located<Arch>> first = new HashMap<>();
        subject.draft()
                .architectures()
                .forEach(arch -> first.putIfAbsent(arch.value().isBigEndian(), arch));
        Located<Arch> big = first.get(true);
        Located<Arch> little = first.get(false);
        if (big != null && little != null) {
            findings.add(
                    Severity.ERROR,
                    Math.max(big.line(), little.line()),
                    "'architectures' has both byte orders, " + big.value().scmpToken() + " and "
                            + little.value().scmpToken() + ", with which no container starts",
                    "write a profile for each");
        }
    }
}
