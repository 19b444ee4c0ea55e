package io.github.strait.format;

import com.google.common.base.CharMatcher;
import io.github.strait.diagnostic.RefusalException;
import java.nio.file.Path;

/**
 * What a document says that is no part of the profile.
 *
 * @param name what it calls the profile, as custom resources, units and variables are called: at most 63 letters, digits,
 *     dots, underscores and hyphens, beginning with a letter or digit
 * @param dialect who reads it, where that makes a difference
 * @param limits what it refuses beside the calls that the profile denies
 */
public record Settings(String name, Dialect dialect, Limits limits) {
    private static final int MAX_LENGTH = 63;
    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
    private static final CharMatcher ALPHANUMERIC =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('A', 'Z')).or(DIGIT);
    private static final CharMatcher IN_NAME = ALPHANUMERIC.or(CharMatcher.anyOf("._-"));
    private static final String UNIT_FOLDER = ".service.d";
    private static final String SECCOMP = "seccomp";

    /** Those of a document without a name of its own. */
    public static final Settings USUAL = new Settings("app");

    public Settings {
        if (name.isEmpty()
                || name.length() > MAX_LENGTH
                || !IN_NAME.matchesAllOf(name)
                || !ALPHANUMERIC.matches(name.charAt(0))) {
            throw RefusalException.usage(
                    "'" + name + "' cannot name a profile; a name is a letter or digit and at most " + (MAX_LENGTH - 1)
                            + " more letters, digits, dots, underscores and hyphens");
        }
    }

    /** Those of a document that calls the profile so, for the usual reader. */
    public Settings(String name) {
        this(name, Dialect.LIBMINIJAIL, Limits.NONE);
    }

    /** The same for a profile of another name. */
    public Settings named(String other) {
        return new Settings(other, dialect, limits);
    }

    /** The same for another reader. */
    public Settings spoken(Dialect other) {
        return new Settings(name, other, limits);
    }

    /** The same with other limits. */
    public Settings limited(Limits other) {
        return new Settings(name, dialect, other);
    }

    /**
     * The same for a document in this file: {@code nginx} for {@code nginx.json}, {@code nginx_seccomp.h} and
     * {@code nginx.service.d/50-seccomp.conf}. A file that cannot give a name gives the {@link #USUAL} one.
     */
    public Settings namedAfter(Path file) {
        Path folder = file.getParent();
        Path last = folder == null ? null : folder.getFileName();
        if (last != null && last.toString().endsWith(UNIT_FOLDER)) {
            return named(text(last.toString().substring(0, last.toString().length() - UNIT_FOLDER.length())));
        }
        String whole = file.getFileName() == null ? "" : file.getFileName().toString();
        int dot = whole.indexOf('.', 1);
        String stem = dot < 0 ? whole : whole.substring(0, dot);
        String bare = stem.endsWith(SECCOMP) ? stem.substring(0, stem.length() - SECCOMP.length()) : stem;
        return named(text(bare));
    }

    /**
     * The name as an identifier of C and its like: with an underscore for other characters than letters and digits, but
     * never two in a row or one at the end, which C++ reserves. A name that begins with a digit follows {@code app}.
     */
    public String identifier() {
        String word =
                CharMatcher.is('_').trimTrailingFrom(CharMatcher.anyOf("._-").collapseFrom(name, '_'));
        return DIGIT.matches(word.charAt(0)) ? USUAL.name + "_" + word : word;
    }

    private static String text(String text) {
        String name = CharMatcher.anyOf("._-").trimFrom(IN_NAME.negate().replaceFrom(text, '-'));
        return name.isEmpty() ? USUAL.name : name.substring(0, Math.min(MAX_LENGTH, name.length()));
    }
}
