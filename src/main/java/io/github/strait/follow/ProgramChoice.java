package io.github.strait.follow;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.hash.Hashing;
import java.util.Collection;

/**
 * The programs whose calls are kept; those of the others are left out. A program is named as execve was given it, or by
 * its last part alone.
 *
 * <p>Of a program counts what its image does, and whatever the tasks do that are forked meanwhile, with all that they
 * execute. When the task that executed it executes another program, that is another one, unless the evidence is wanted
 * from the program on. The execve that starts it counts as its first call, since the filter of a container sees it.
 *
 * @param only the programs to keep this for
 * @param from programs from whose start on all that their task does is kept, other programs too
 */
public record ProgramChoice(ImmutableSortedSet<String> only, ImmutableSortedSet<String> from) {
    /** Every program. */
    public static final ProgramChoice ALL = new ProgramChoice(ImmutableSortedSet.of(), ImmutableSortedSet.of());

    private static final int SUFFIX = 8;

    /** The choice of these names; empty collections choose every program. */
    public static ProgramChoice of(Collection<String> only, Collection<String> from) {
        return new ProgramChoice(ImmutableSortedSet.copyOf(only), ImmutableSortedSet.copyOf(from));
    }

    /** Whether every program is kept. */
    public boolean isAll() {
        return only.isEmpty() && from.isEmpty();
    }

    /** Whether an executed program is one of these. */
    boolean isChosen(String program) {
        return isIn(only, program) || isIn(from, program);
    }

    /** Whether what its task executes later counts, too. */
    boolean isLasting(String program) {
        return isIn(from, program);
    }

    private static boolean isIn(ImmutableSortedSet<String> names, String program) {
        return names.contains(program) || names.contains(lastPart(program));
    }

    /** Whether a name stands for an executed program. */
    static boolean isMeant(String name, String program) {
        return name.equals(program) || name.equals(lastPart(program));
    }

    /** The part after the last slash. */
    static String lastPart(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** The digest of the chosen part of a trace, which is a different run from the whole. */
    String idOf(String digest) {
        return isAll()
                ? digest
                : digest + "-"
                        + Hashing.sha256()
                                .hashUnencodedChars(only + " " + from)
                                .toString()
                                .substring(0, SUFFIX);
    }
}
