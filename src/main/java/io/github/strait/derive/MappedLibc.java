package io.github.strait.derive;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.Locale;

/** A libc of {@code release-map.tsv}: that of a recording, or another that the program may be started with. */
enum MappedLibc {
    /** Of Debian 12; from 2.33 to 2.38 it asks about open files with newfstatat. */
    GLIBC_2_36,

    /** Of Debian 13; since 2.39 it asks about open files with fstat. */
    GLIBC_2_41,
    MUSL;

    private static final ImmutableSet<MappedLibc> GLIBC = Sets.immutableEnumSet(GLIBC_2_36, GLIBC_2_41);
    private static final ImmutableSet<MappedLibc> ALL = ImmutableSet.copyOf(values());

    /**
     * The libcs whose programs make these calls, by what each does at the start of a program: none for a program without one,
     * such as one of Go, and all when the start was not seen.
     */
    static ImmutableSet<MappedLibc> of(Collection<String> calls) {
        if (!calls.contains("set_tid_address")) {
            return calls.contains("execve") ? ImmutableSet.of() : ALL;
        } else if (!calls.contains("set_robust_list")) {
            return Sets.immutableEnumSet(MUSL);
        } else if (!calls.contains("rseq")) {
            return GLIBC; // before 2.35, or asked not to
        } else if (calls.contains("fstat")) {
            return Sets.immutableEnumSet(GLIBC_2_41);
        }
        return calls.contains("newfstatat") ? Sets.immutableEnumSet(GLIBC_2_36) : GLIBC;
    }

    /** The libcs that a word of {@code release-map.tsv} means: one of them, {@code glibc} for both, or {@code *}. */
    static ImmutableSet<MappedLibc> parse(String word) {
        return switch (word) {
            case "*" -> ALL;
            case "glibc" -> GLIBC;
            default ->
                Sets.immutableEnumSet(
                        valueOf(Ascii.toUpperCase(word).replace('-', '_').replace('.', '_')));
        };
    }

    /** {@code glibc-2.36}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", "-").replace('_', '.');
    }
}
