package io.github.strait.record;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Printable;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The processes of a program that still run after strace ended.
 *
 * @param root the process of the command; 0 when it is not known
 * @param running the processes that have not ended; they are no longer traced
 */
record Survivors(int root, ImmutableSortedSet<Integer> running) {
    /** The greatest number of processes that are named. */
    private static final int NAMED = 5;

    /** Looks at these tasks. */
    static Survivors of(int root, Set<Integer> tids) {
        return new Survivors(
                root,
                tids.stream()
                        .filter(tid -> !Tracees.hasEnded(tid))
                        .map(tid -> (int) Tracees.field(tid, "Tgid").orElse(tid))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())));
    }

    /** The process of the command, if that runs. */
    OptionalInt survivor() {
        return running.contains(root) ? OptionalInt.of(root) : OptionalInt.empty();
    }

    /** A text for the user, to follow a semicolon. */
    String text() {
        if (running.isEmpty()) {
            return "the program has ended";
        }
        String named = running.stream()
                .limit(NAMED)
                .map(pid -> pid + " (" + Printable.of(Tracees.name(pid)) + ")")
                .collect(joining(", "));
        String more = running.size() > NAMED ? " and " + (running.size() - NAMED) + " more" : "";
        String who = running.contains(root)
                ? "the program still runs, untraced: process "
                : "still running, untraced: process ";
        return who + named + more;
    }
}
