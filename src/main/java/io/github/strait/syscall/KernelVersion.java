package io.github.strait.syscall;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.github.strait.diagnostic.RefusalException;
import java.util.List;

/**
 * A released Linux version. Since 3.0 two numbers identify a release; {@code patch} matters for 2.6 and older only, as
 * in 2.6.28, and is 0 otherwise.
 */
public record KernelVersion(int major, int minor, int patch) implements Comparable<KernelVersion> {
    private static final Splitter DOT = Splitter.on('.');

    public KernelVersion {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("a kernel version has no negative part");
        }
    }

    public KernelVersion(int major, int minor) {
        this(major, minor, 0);
    }

    /**
     * Reads two or three numbers, such as {@code 5.3} or {@code 2.6.28}.
     *
     * @throws RefusalException when the text is anything else
     */
    public static KernelVersion parse(String text) {
        List<String> parts = DOT.splitToList(text);
        if (parts.size() < 2 || parts.size() > 3) {
            throw RefusalException.usage("not a kernel version: '" + text + "'");
        }
        try {
            int patch = parts.size() == 3 ? number(parts.get(2)) : 0;
            return new KernelVersion(number(parts.get(0)), number(parts.get(1)), patch);
        } catch (NumberFormatException e) {
            throw RefusalException.usage("not a kernel version: '" + text + "'");
        }
    }

    /** Digits only: {@link Integer#parseInt} alone would take a sign and the digits of other scripts. */
    private static int number(String digits) {
        if (digits.isEmpty() || !CharMatcher.inRange('0', '9').matchesAllOf(digits)) {
            throw new NumberFormatException(digits);
        }
        return Integer.parseInt(digits);
    }

    @Override
    public int compareTo(KernelVersion other) {
        if (major != other.major) {
            return Integer.compare(major, other.major);
        }
        return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return patch == 0 ? major + "." + minor : major + "." + minor + "." + patch;
    }
}
