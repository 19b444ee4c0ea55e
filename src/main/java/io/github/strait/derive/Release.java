package io.github.strait.derive;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program runs on, as far as it decides which calls libc makes: a libc, or a distribution's release, which has one.
 *
 * @param name such as {@code glibc-2.41}, {@code musl} or {@code debian-13}
 * @param oldest the second number of its oldest possible version; 0 when that is not known
 * @param newest the same of the newest; {@link #ANY} when that is not known
 */
public record Release(String name, Libc libc, int oldest, int newest) {
    /** A family of libc. */
    public enum Libc {
        GLIBC,
        MUSL,
        UNKNOWN;

        private static Libc of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        private boolean contradicts(Libc other) {
            return this != UNKNOWN && other != UNKNOWN && this != other;
        }
    }

    /** No newest version. */
    static final int ANY = Integer.MAX_VALUE;

    private static final Pattern LIBC = Pattern.compile("musl(?:-[0-9.]{1,10})?|glibc(?:-2\\.(\\d{1,3}))?");
    private static final Pattern DISTRIBUTION =
            Pattern.compile("((?!glibc|musl)[a-z][a-z0-9._+-]{0,30})[-:](\\d[A-Za-z0-9._]{0,20})");
    /** Of a version that the table lacks: Alpine 3.20.1 and 3.20.3 are one release. */
    private static final int VERSION_PARTS = 2;

    private static final ImmutableList<List<String>> KNOWN =
            TableResource.read(Release.class, "releases.tsv").rows();

    /**
     * Reads the name of a libc or of a release.
     *
     * @throws RefusalException when it is neither
     */
    public static Release parse(String word) {
        return find(word)
                .orElseThrow(() -> RefusalException.usage("'" + word
                        + "' is neither a libc (glibc-2.41, musl) nor a release of a distribution (debian-13)"));
    }

    /** The same for text that a program wrote; empty when it is neither. */
    static Optional<Release> find(String word) {
        Matcher libc = LIBC.matcher(word);
        if (libc.matches()) {
            Libc family = word.startsWith("musl") ? Libc.MUSL : Libc.GLIBC;
            return Optional.of(
                    libc.group(1) == null
                            ? new Release(word, family, 0, ANY)
                            : new Release(
                                    word, family, Integer.parseInt(libc.group(1)), Integer.parseInt(libc.group(1))));
        }
        Matcher release = DISTRIBUTION.matcher(word);
        return release.matches() ? Optional.of(of(release.group(1), release.group(2))) : Optional.empty();
    }

    /** The release that a file {@code os-release} names; empty when it names none. */
    public static Optional<Release> ofFile(String text) {
        String id = "";
        String version = "";
        for (String line : Splitter.on(CharMatcher.anyOf("\n\0")).split(text)) {
            if (line.startsWith("ID=")) {
                id = unquoted(line.substring(3));
            } else if (line.startsWith("VERSION_ID=")) {
                version = unquoted(line.substring(11));
            }
        }
        return find(id + "-" + version).filter(Release::isDistribution);
    }

    private static String unquoted(String value) {
        return CharMatcher.anyOf("\"' \r").trimFrom(value);
    }

    /** By the longest version of the table that this one begins with: all of RHEL 9 has one libc. */
    private static Release of(String id, String version) {
        List<String> parts = Splitter.on('.').splitToList(version);
        for (int length = parts.size(); length > 0; length--) {
            String begin = String.join(".", parts.subList(0, length));
            for (List<String> row : KNOWN) {
                if (row.get(0).equals(id) && row.get(1).equals(begin)) {
                    int minor = Integer.parseInt(row.get(3));
                    return new Release(id + "-" + begin, Libc.of(row.get(2)), minor, minor);
                }
            }
        }
        String name = id + "-" + String.join(".", parts.subList(0, Math.min(VERSION_PARTS, parts.size())));
        for (List<String> row : KNOWN) {
            if (row.get(0).equals(id)) {
                return new Release(name, Libc.of(row.get(2)), 0, ANY);
            }
        }
        return new Release(name, Libc.UNKNOWN, 0, ANY);
    }

    private boolean isDistribution() {
        return !name.startsWith("glibc") && !name.startsWith("musl");
    }

    /** Whether it is a release of a distribution whose libc is not known, which only its name tells from others. */
    boolean isUnknown() {
        return isDistribution() && libc != Libc.MUSL && newest == ANY;
    }

    /** Whether what is known of both is enough to say that they are not the same. */
    boolean contradicts(Release other) {
        boolean isOther = isDistribution() && other.isDistribution() && !name.equals(other.name);
        return isOther
                || libc.contradicts(other.libc)
                || libc == other.libc && (newest < other.oldest || other.newest < oldest);
    }
}
