package io.github.strait.syscall;

import java.util.Locale;

/** How much harm an allowed call can do, the worst first; the classes are this project's own judgement. */
public enum RiskClass {
    /** Takes over the machine, or another workload, when its capability is held or a known weakness applies. */
    CRITICAL,
    /** Leaves the container's limits in part, or opens a part of the kernel with a long record of exploits. */
    HIGH,
    /** Affects others only in special settings; rarely needed. */
    MEDIUM,
    /** Depends on the arguments: harmless with some, critical with others. */
    CONDITIONAL,
    /** Worth a word, rarely a denial. */
    LOW;

    /** The word used in tables and reports, such as {@code critical}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RiskClass parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
