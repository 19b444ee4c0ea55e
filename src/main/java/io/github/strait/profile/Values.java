package io.github.strait.profile;

import java.util.ArrayList;
import java.util.List;

/** The values of one argument in a set that tests no other: as ranges or as masks. */
final class Values {
    /** All values from the first to the last; unsigned. */
    record ValueRange(long first, long last) {}

    private final ArgumentSpace space;
    private final int index;

    Values(ArgumentSpace space, int index) {
        this.space = space;
        this.index = index;
    }

    /** Adds the ranges in ascending order, as wide as they can be; false when there are more than {@code most}. */
    boolean ranges(int set, int most, List<ValueRange> found) {
        return ranges(set, 0, 0, most, found);
    }

    private boolean ranges(int set, int depth, long first, int most, List<ValueRange> found) {
        if (set == ArgumentSpace.NONE) {
            return true;
        }
        if (set == ArgumentSpace.ALL) {
            long last = depth == 0 ? space.max() : first + ((1L << (space.bits() - depth)) - 1);
            int end = found.size() - 1;
            if (end >= 0 && found.get(end).last() + 1 == first) {
                found.set(end, new ValueRange(found.get(end).first(), last));
            } else {
                found.add(new ValueRange(first, last));
            }
            return found.size() <= most;
        }
        ArgumentSpace.Node node = space.node(set);
        boolean here = node.variable() == index * space.bits() + depth;
        long half = 1L << (space.bits() - depth - 1);
        return ranges(here ? node.low() : set, depth + 1, first, most, found)
                && ranges(here ? node.high() : set, depth + 1, first + half, most, found);
    }

    /** Whether one comparison says the range. */
    boolean isPlain(ValueRange range) {
        return range.first() == range.last() || range.first() == 0 || range.last() == space.max();
    }

    /** A list of conditions for each alternative; what no comparison says is divided, or said by two. */
    List<List<Condition>> asConditions(List<ValueRange> found, boolean two) {
        if (found.size() == 2 && isAllButOne(found)) {
            return List.of(List.of(Condition.of(index, Operator.NE, found.get(0).last() + 1)));
        }
        List<List<Condition>> all = new ArrayList<>();
        for (ValueRange range : found) {
            if (range.first() == range.last()) {
                all.add(List.of(Condition.of(index, Operator.EQ, range.first())));
            } else if (range.first() == 0) {
                all.add(List.of(Condition.of(index, Operator.LT, range.last() + 1)));
            } else if (range.last() == space.max()) {
                all.add(List.of(Condition.of(index, Operator.GT, range.first() - 1)));
            } else if (two) {
                all.add(List.of(
                        Condition.of(index, Operator.GE, range.first()),
                        Condition.of(index, Operator.LE, range.last())));
            } else {
                blocks(range, all);
            }
        }
        return all;
    }

    private boolean isAllButOne(List<ValueRange> found) {
        return found.get(0).first() == 0
                && found.get(1).last() == space.max()
                && found.get(0).last() + 2 == found.get(1).first();
    }

    /** Divides a range into blocks that one mask can describe each. */
    private void blocks(ValueRange range, List<List<Condition>> all) {
        long first = range.first();
        while (true) {
            long block = Long.lowestOneBit(first);
            while (block != 1 && Long.compareUnsigned(first + (block - 1), range.last()) > 0) {
                block >>>= 1;
            }
            all.add(List.of(masked(~(block - 1) & space.max(), first)));
            if (first + (block - 1) == range.last()) {
                return;
            }
            first += block;
        }
    }

    /** A mask for each path through the diagram. */
    List<List<Condition>> masks(int set, int most) {
        List<List<Condition>> all = new ArrayList<>();
        masks(set, 0, 0, most, all);
        return all;
    }

    private void masks(int set, long mask, long value, int most, List<List<Condition>> all) {
        if (set == ArgumentSpace.NONE) {
            return;
        }
        if (all.size() > most) {
            throw CoverException.written();
        }
        if (set == ArgumentSpace.ALL) {
            all.add(List.of(masked(mask, value)));
            return;
        }
        ArgumentSpace.Node node = space.node(set);
        long bit = 1L << (space.bits() - 1 - node.variable() % space.bits());
        masks(node.low(), mask | bit, value, most, all);
        masks(node.high(), mask | bit, value | bit, most, all);
    }

    private Condition masked(long mask, long value) {
        return mask == space.max()
                ? Condition.of(index, Operator.EQ, value)
                : Condition.maskedEqual(index, mask, value);
    }
}
