package io.github.strait.derive;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.Release.Libc;
import java.util.Locale;

/** A libc of {@code release-map.tsv}: that of a recording, or another that the program may be started with. */
enum MappedLibc {
    /** Of Debian 12; stands for 2.33 to 2.38, which ask about open files with newfstatat. */
    GLIBC_2_36,

    /** Of Debian 13; stands for 2.39 and newer, which ask about open files with fstat. */
    GLIBC_2_41,
    MUSL;

    /** All of them. */
    static final ImmutableSet<MappedLibc> ALL = ImmutableSet.copyOf(values());

    private static final ImmutableSet<MappedLibc> GLIBC = Sets.immutableEnumSet(GLIBC_2_36, GLIBC_2_41);
    private static final int FIRST_NEWFSTATAT = 33;
    private static final int LAST_NEWFSTATAT = 38;

    /** Those that a release may have; a glibc that is older than all of the map counts as each of glibc. */
    static ImmutableSet<MappedLibc> of(Release release) {
        if (release.libc() == Libc.UNKNOWN) {
            return ALL;
        } else if (release.libc() == Libc.MUSL) {
            return Sets.immutableEnumSet(MUSL);
        } else if (release.oldest() > LAST_NEWFSTATAT) {
            return Sets.immutableEnumSet(GLIBC_2_41);
        }
        boolean isOne = release.oldest() >= FIRST_NEWFSTATAT && release.newest() <= LAST_NEWFSTATAT;
        return isOne ? Sets.immutableEnumSet(GLIBC_2_36) : GLIBC;
    }

    /** The libcs that a word of {@code release-map.tsv} means: one of them, or {@code glibc} for both of glibc. */
    static ImmutableSet<MappedLibc> parse(String word) {
        return word.equals("glibc")
                ? GLIBC
                : Sets.immutableEnumSet(
                        valueOf(Ascii.toUpperCase(word).replace('-', '_').replace('.', '_')));
    }

    /** {@code glibc-2.36}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", "-").replace('_', '.');
    }
}
