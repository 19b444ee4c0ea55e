package io.github.strait.syscall;

import com.google.common.base.Splitter;
import java.util.List;

/** A version of strace, such as 4.10. */
public record StraceVersion(int major, int minor) implements Comparable<StraceVersion> {
    private static final Splitter DOT = Splitter.on('.');

    public StraceVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("a version cannot be negative: " + major + "." + minor);
        }
    }

    /** The version that is written {@code MAJOR.MINOR}. */
    public static StraceVersion parse(String text) {
        List<String> parts = DOT.splitToList(text);
        if (parts.size() != 2) {
            throw new IllegalArgumentException("'" + text + "' is not a version of strace");
        }
        return new StraceVersion(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)));
    }

    @Override
    public int compareTo(StraceVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
