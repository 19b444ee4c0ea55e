package io.github.strait.report;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Range;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.ValuePattern;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tuples of values at the place of a row that conditions let through, one by one. */
final class ConditionTuples {
    private static final int MOST = 1024;

    /** How many bits of a value may be free to be taken apart. */
    private static final int FREE = 7;

    private final CatalogueRow row;

    ConditionTuples(CatalogueRow row) {
        this.row = row;
    }

    /**
     * Patterns of one value at each position, or of any; empty where there are too many, or conditions look at something
     * else.
     */
    Optional<Set<ValuePattern>> of(ImmutableList<ImmutableList<Condition>> alternatives) {
        Set<ValuePattern> tuples = new LinkedHashSet<>();
        for (ImmutableList<Condition> all : alternatives) {
            List<ImmutableSortedSet<Long>> sets = new ArrayList<>();
            int used = 0;
            for (int position = 0; position < row.place().registers().size(); position++) {
                int register = row.place().registers().get(position);
                List<Condition> here = all.stream()
                        .filter(condition -> condition.index() == register)
                        .toList();
                Optional<ImmutableSortedSet<Long>> values = values(here, position);
                if (values.isEmpty()) {
                    return Optional.empty();
                }
                used += here.size();
                sets.add(values.get());
            }
            if (used < all.size() || !fits(sets, tuples.size())) {
                return Optional.empty();
            }
            expand(sets, tuples);
        }
        return Optional.of(tuples);
    }

    private static boolean fits(List<ImmutableSortedSet<Long>> sets, int before) {
        long size = 1;
        for (ImmutableSortedSet<Long> set : sets) {
            size *= Math.max(set.size(), 1);
        }
        return before + size <= MOST;
    }

    /** Adds each combination of the values; an empty set stands for any value and stays one. */
    static void expand(List<ImmutableSortedSet<Long>> sets, Set<ValuePattern> tuples) {
        List<List<ImmutableSortedSet<Long>>> single = new ArrayList<>();
        for (ImmutableSortedSet<Long> set : sets) {
            single.add(
                    set.isEmpty()
                            ? List.of(set)
                            : set.stream().map(ImmutableSortedSet::of).toList());
        }
        Lists.cartesianProduct(single).forEach(tuple -> tuples.add(new ValuePattern(ImmutableList.copyOf(tuple))));
    }

    /** The values at a position that satisfy all of these; an empty set for any, nothing where there are too many. */
    private Optional<ImmutableSortedSet<Long>> values(List<Condition> conditions, int position) {
        if (conditions.isEmpty()) {
            return Optional.of(ImmutableSortedSet.of());
        }
        Condition first = conditions.get(0);
        if (conditions.size() == 2) {
            return range(first, conditions.get(1));
        }
        return switch (first.operator()) {
            case EQ -> isLow(first.value()) ? Optional.of(ImmutableSortedSet.of(first.value())) : Optional.empty();
            case MASKED_EQ -> under(first.value(), first.valueTwo(), row.width(position));
            case LE -> range(0, first.value());
            case LT -> first.value() == 0 ? Optional.empty() : range(0, first.value() - 1);
            case NE, GE, GT -> Optional.empty();
        };
    }

    private static Optional<ImmutableSortedSet<Long>> range(Condition low, Condition high) {
        boolean isRange = low.operator() == Operator.GE && high.operator() == Operator.LE;
        return isRange ? range(low.value(), high.value()) : Optional.empty();
    }

    private static Optional<ImmutableSortedSet<Long>> range(long low, long high) {
        boolean isShort = isLow(low) && isLow(high) && low <= high && high - low < 1 << FREE;
        return isShort
                ? Optional.of(ContiguousSet.create(Range.closed(low, high), DiscreteDomain.longs()).stream()
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Long::compareTo)))
                : Optional.empty();
    }

    private static Optional<ImmutableSortedSet<Long>> under(long mask, long value, long width) {
        long free = width & ~mask;
        if (!isLow(value & mask) || Long.bitCount(free) > FREE) {
            return Optional.empty();
        }
        TreeSet<Long> values = new TreeSet<>();
        long some = 0;
        do {
            values.add(value & mask | some);
            some = (some - free) & free;
        } while (some != 0);
        return Optional.of(ImmutableSortedSet.copyOf(values));
    }

    private static boolean isLow(long value) {
        return value >>> Integer.SIZE == 0;
    }
}
