package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Sighting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts what the calls of one {@link Tally} show of their arguments. Most calls show the same as few others. */
final class ArgumentCounts {
    /** The most places that a name has. */
    static final int PLACES = 4;

    /** How many different texts of a place are told apart. */
    private static final int LIMIT = 1 << 8;

    /** What was seen, how often and where first. */
    private static final class Cell {
        private final ShownArguments shown;
        private SourcePosition first;
        private long count;

        Cell(ShownArguments shown, SourcePosition first) {
            this.shown = shown;
            this.first = first;
        }
    }

    private static final Cell[] NONE = {};

    private Cell[] cells = NONE;
    /** The one that was found last. */
    private @Nullable Cell latest;

    private final int[] sizes = new int[PLACES];

    /** A call that begins at this position shows this. */
    void add(ShownArguments shown, SourcePosition at) {
        Cell cell = findOrMake(shown, at);
        if (cell != null) {
            cell.count++;
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
        for (ShownArguments each : shown) {
            if (find(each) == null) {
                return false;
            }
        }
        return true;
    }

    /** Another call shows this, which was seen before. */
    void again(ShownArguments[] shown) {
        for (ShownArguments each : shown) {
            Cell cell = latest != null && latest.shown == each ? latest : find(each);
            if (cell != null) {
                cell.count++;
            }
        }
    }

    private @Nullable Cell find(ShownArguments shown) {
        Cell known = latest;
        if (known != null && known.shown == shown) {
            return known;
        }
        for (Cell cell : cells) {
            if (cell.shown == shown || cell.shown.equals(shown)) {
                latest = cell;
                return cell;
            }
        }
        return null;
    }

    /** Adds what another one counted. */
    void add(ArgumentCounts other) {
        for (int place = 0; place < PLACES; place++) {
            if (other.isMore(place) && !isMore(place)) {
                sizes[place] = other.sizes[place];
                forget(place);
            }
        }
        for (Cell each : other.cells) {
            Cell cell = findOrMake(each.shown, each.first);
            if (cell != null) {
                cell.count += each.count;
                cell.first = each.first.compareTo(cell.first) < 0 ? each.first : cell.first;
            }
        }
    }

    /** The cell; null when there are more of its place than are told apart. */
    private @Nullable Cell findOrMake(ShownArguments shown, SourcePosition at) {
        Cell known = find(shown);
        if (known != null) {
            return known;
        }
        int place = shown.place();
        if (isMore(place) || ++sizes[place] > LIMIT) {
            forget(place);
            return null;
        }
        Cell made = new Cell(shown, at);
        cells = Arrays.copyOf(cells, cells.length + 1);
        cells[cells.length - 1] = made;
        return made;
    }

    /** Whether more texts of a place were seen than are told apart; nothing else is known of it then. */
    boolean isMore(int place) {
        return sizes[place] > LIMIT;
    }

    private void forget(int place) {
        latest = null;
        cells = Arrays.stream(cells).filter(cell -> cell.shown.place() != place).toArray(Cell[]::new);
    }

    /** How many different things were seen. */
    int size() {
        return cells.length;
    }

    /** One of them. */
    ShownArguments shown(int index) {
        return cells[index].shown;
    }

    /** How often it was seen, and where first. */
    Sighting sighting(int index) {
        return new Sighting(cells[index].count, cells[index].first);
    }
}
