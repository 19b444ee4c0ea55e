package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Sighting;
import org.jspecify.annotations.Nullable;

/** Counts what the calls of one {@link Tally} show of their arguments. Most calls show the same as few others. */
final class ArgumentCounts {
    /** The most places that a name has. */
    static final int PLACES = 4;

    /** How many different texts of a place are told apart. */
    private static final int LIMIT = 1 << 8;

    /** What was seen, how often and where first. */
    static final class Cell {
        private final ShownArguments shown;
        private final @Nullable Cell next;
        private SourcePosition first;
        private long count;

        Cell(ShownArguments shown, SourcePosition first, @Nullable Cell next) {
            this.shown = shown;
            this.first = first;
            this.next = next;
        }

        ShownArguments shown() {
            return shown;
        }

        Sighting sighting() {
            return new Sighting(count, first);
        }

        @Nullable
        Cell next() {
            return next;
        }
    }

    /** What the calls of one scanned word show, at each place. */
    private static final class Repeat {
        private final ShownArguments[] shown;
        private final Cell[] cells;
        private final @Nullable Repeat next;

        Repeat(ShownArguments[] shown, Cell[] cells, @Nullable Repeat next) {
            this.shown = shown;
            this.cells = cells;
            this.next = next;
        }
    }

    private @Nullable Cell cells;
    /** All that were repeated. */
    private @Nullable Repeat repeats;
    /** The one that was found last. */
    private @Nullable Repeat latest;
    /** A bit for each place of which more texts were seen than are told apart. */
    private int more;

    /** A call that begins at this position shows this. */
    void add(ShownArguments shown, SourcePosition at) {
        Cell cell = findOrMake(shown, at);
        if (cell != null) {
            cell.count++;
        }
    }

    /** So many calls show nothing of a place; the first of them stands here. */
    void addUnknown(int place, long calls, SourcePosition at) {
        Cell cell = findOrMake(ShownArguments.none(place), at);
        if (cell != null) {
            cell.count += calls;
        }
    }

    /** The second half of a call shows this that began at this position: others may have begun later and shown it before. */
    void addSecond(ShownArguments shown, SourcePosition begin) {
        Cell cell = findOrMake(shown, begin);
        if (cell != null) {
            cell.count++;
            if (begin.line() < cell.first.line() && begin.file().equals(cell.first.file())) {
                cell.first = begin;
            }
        }
    }

    /** Whether all of this was seen before. */
    boolean has(ShownArguments[] shown) {
        Repeat last = latest;
        return last != null && last.shown == shown || findRepeat(shown);
    }

    /** Another call shows what {@link #has} was asked for last, and has. */
    void again() {
        Repeat last = latest;
        if (last != null) {
            for (Cell cell : last.cells) {
                cell.count++;
            }
        }
    }

    private boolean findRepeat(ShownArguments[] shown) {
        for (Repeat each = repeats; each != null; each = each.next) {
            if (each.shown == shown) {
                latest = each;
                return true;
            }
        }
        Cell[] found = new Cell[shown.length];
        for (int i = 0; i < found.length; i++) {
            Cell cell = find(shown[i]);
            if (cell == null) {
                return false;
            }
            found[i] = cell;
        }
        repeats = new Repeat(shown, found, repeats);
        latest = repeats;
        return true;
    }

    private @Nullable Cell find(ShownArguments shown) {
        // mostly the same object
        for (Cell cell = cells; cell != null; cell = cell.next) {
            if (cell.shown == shown) {
                return cell;
            }
        }
        for (Cell cell = cells; cell != null; cell = cell.next) {
            if (cell.shown.equals(shown)) {
                return cell;
            }
        }
        return null;
    }

    /** Adds what another one counted. */
    void add(ArgumentCounts other) {
        for (int place = 0; place < PLACES; place++) {
            if (other.isMore(place) && !isMore(place)) {
                forget(place);
            }
        }
        for (Cell each = other.cells; each != null; each = each.next) {
            Cell cell = findOrMake(each.shown, each.first);
            if (cell != null) {
                cell.count += each.count;
                cell.first = each.first.compareTo(cell.first) < 0 ? each.first : cell.first;
            }
        }
    }

    /** The cell; null when there are more of its place than are told apart. */
    private @Nullable Cell findOrMake(ShownArguments shown, SourcePosition at) {
        int place = shown.place();
        if (isMore(place)) {
            return null;
        }
        Cell known = find(shown);
        if (known != null) {
            return known;
        }
        int size = 0;
        for (Cell cell = cells; cell != null; cell = cell.next) {
            size += cell.shown.place() == place ? 1 : 0;
        }
        if (size >= LIMIT) {
            forget(place);
            return null;
        }
        cells = new Cell(shown, at, cells);
        return cells;
    }

    /** Whether more texts of a place were seen than are told apart; nothing else is known of it then. */
    boolean isMore(int place) {
        return (more >> place & 1) != 0;
    }

    /** Whether that is so of each of so many places: no call adds anything then. */
    boolean isAllMore(int places) {
        return more == (1 << places) - 1;
    }

    private void forget(int place) {
        more |= 1 << place;
        latest = null;
        repeats = null;
        Cell kept = null;
        for (Cell cell = cells; cell != null; cell = cell.next) {
            if (cell.shown.place() != place) {
                kept = new Cell(cell.shown, cell.first, kept);
                kept.count = cell.count;
            }
        }
        cells = kept;
    }

    /** One of the things that were seen, before the others; null when nothing was. */
    @Nullable
    Cell cells() {
        return cells;
    }
}
