package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tallies of one context, found by name and number without making an object for each look-up. */
final class Tallies {
    private @Nullable Tally[] slots = new @Nullable Tally[16];
    private int size;

    /** The tally; null when there is none yet. */
    @Nullable
    Tally find(PrintedName printed, int number) {
        return slots[slot(printed, number)];
    }

    /** The tally, made at this line when there is none yet. */
    Tally at(PrintedName printed, int number, Line line) {
        Tally found = find(printed, number);
        return found == null ? add(printed, number, line.position()) : found;
    }

    /** Adds a tally, where {@link #find} has found none. */
    Tally add(PrintedName printed, int number, SourcePosition first) {
        return add(new Tally(printed, number, first));
    }

    /** Whether there is a tally of this name, whatever its number. */
    boolean has(PrintedName printed) {
        return all().stream().anyMatch(tally -> tally.printed == printed);
    }

    /** Adds all that another set counted. */
    void add(Tallies other) {
        for (Tally tally : other.slots) {
            if (tally != null) {
                Tally found = find(tally.printed, tally.number);
                if (found == null) {
                    found = add(tally.printed, tally.number, tally.first());
                }
                found.add(tally);
            }
        }
    }

    private Tally add(Tally tally) {
        if (2 * ++size > slots.length) {
            @Nullable Tally[] old = slots;
            slots = new @Nullable Tally[2 * old.length];
            for (Tally each : old) {
                if (each != null) {
                    slots[slot(each.printed, each.number)] = each;
                }
            }
        }
        slots[slot(tally.printed, tally.number)] = tally;
        return tally;
    }

    private int slot(PrintedName printed, int number) {
        int slot = printed.hash + number & slots.length - 1;
        Tally tally = slots[slot];
        while (tally != null && (tally.printed != printed || tally.number != number)) {
            slot = slot + 1 & slots.length - 1;
            tally = slots[slot];
        }
        return slot;
    }

    /** All of them, in no particular order. */
    List<Tally> all() {
        List<Tally> all = new ArrayList<>(size);
        for (Tally tally : slots) {
            if (tally != null) {
                all.add(tally);
            }
        }
        return all;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
