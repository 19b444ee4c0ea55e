package io.github.strait.record;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of strace, as far as it matters: what follows the second number is a distribution's own. */
record StraceVersion(int major, int minor) implements Comparable<StraceVersion> {
    /** The first with {@code -n}, which prints the number of each call and so proves its ABI. */
    static final StraceVersion OLDEST = new StraceVersion(5, 9);

    private static final Pattern FIRST_LINE = Pattern.compile("\\S* -- version ([0-9]{1,4})\\.([0-9]{1,4}).*");
    private static final Comparator<StraceVersion> ORDER =
            Comparator.comparingInt(StraceVersion::major).thenComparingInt(StraceVersion::minor);

    /** Reads what {@code strace -V} prints; empty for a build that does not know its version. */
    static Optional<StraceVersion> parse(String output) {
        Matcher matcher = FIRST_LINE.matcher(output.lines().findFirst().orElse(""));
        return matcher.matches()
                ? Optional.of(new StraceVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(StraceVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
