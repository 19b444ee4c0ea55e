package io.github.strait.syscall;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Linux by its first two numbers, which is all that the appearance of a call or Moby's {@code minKernel}
 * depends on.
 */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<KernelVersion> ORDER =
            Comparator.comparingInt(KernelVersion::major).thenComparingInt(KernelVersion::minor);

    public KernelVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("a kernel version has no negative numbers: " + major + "." + minor);
        }
    }

    /**
     * Reads {@code MAJOR.MINOR}, such as {@code 5.3}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static KernelVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a kernel version of the form 5.3: '" + text + "'");
        }
        return new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(KernelVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
