package io.github.strait.follow;

import io.github.strait.syscall.OtherMachine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the paths that loaders open mean. Most programs of a run open the same few, so each is looked at once. */
final class LoaderPaths {
    /** Paths that are remembered; loaders open fewer. */
    private static final int LIMIT = 1 << 10;

    private static final int LENGTH = 1 << 9;

    /**
     * What a path means.
     *
     * @param machine that of its folder, if it is one without a table
     */
    record Meaning(boolean isLibrary, Optional<OtherMachine> machine) {}

    /** {@code libc.so.6}, {@code ld-musl-sh.so.1}, {@code libm-2.31.so}. */
    private static final Pattern LIBRARY = Pattern.compile("/[^/]+\\.so(\\.[\\w.]*)?$");
    /** A folder called by a triplet, not that of a cross compiler's libraries, which is below {@code /usr} itself. */
    private static final Pattern FOLDER = Pattern.compile(
            "^(?!/usr/[^/]+-linux-[^/]+/|.*/gcc-cross/)/.*?/([A-Za-z0-9_.]+)(-[A-Za-z0-9_]+)?-linux-(gnu|musl|uclibc)[^/]*/");
    /** Where musl's loader finds its folders. */
    private static final Pattern MUSL = Pattern.compile("^/etc/ld-musl-([a-z0-9_]+)[^/]*\\.path$");

    private final Map<String, Meaning> known = new HashMap<>();

    /** What a path means. */
    Meaning of(String path) {
        Meaning meaning = known.get(path);
        if (meaning == null) {
            boolean isLibrary = LIBRARY.matcher(path).find();
            meaning = new Meaning(isLibrary, triplet(path, isLibrary ? FOLDER : MUSL));
            if (known.size() < LIMIT && path.length() <= LENGTH) {
                known.put(path, meaning);
            }
        }
        return meaning;
    }

    private static Optional<OtherMachine> triplet(String path, Pattern pattern) {
        Matcher matcher = pattern.matcher(path);
        return matcher.find() ? OtherMachine.ofTriplet(matcher.group(1)) : Optional.empty();
    }
}
