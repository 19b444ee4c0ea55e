package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.argument.ValueGroup;
import io.github.strait.argument.ValuePattern;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Sighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The rows that list values: what was seen, and the groups that it belongs to. */
final class GroupedValues {
    /** {@code AF_NETLINK}, the same on all ABIs: its protocol chooses the module, and both of its types are one. */
    private static final long NETLINK = 16;

    private final CatalogueRow row;
    private final boolean isInetOpen;
    private final long[] widths;

    /** What counts of each tuple, with the first of those that agree in it. */
    private final Map<ImmutableList<Long>, Optional<Sighting>> seen = new LinkedHashMap<>();

    GroupedValues(CatalogueRow row, SortedMap<ArgumentTuple, Optional<Sighting>> values, boolean isInetOpen) {
        this.row = row;
        this.isInetOpen = isInetOpen;
        this.widths = new long[row.place().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = row.width(i);
        }
        for (Map.Entry<ArgumentTuple, Optional<Sighting>> each : values.entrySet()) {
            ImmutableList<Long> tuple = cut(each.getKey());
            Optional<Sighting> known = seen.get(tuple);
            seen.put(tuple, known == null ? each.getValue() : first(known, each.getValue()));
        }
    }

    private ImmutableList<Long> cut(ArgumentTuple tuple) {
        ImmutableList.Builder<Long> cut = ImmutableList.builder();
        for (int i = 0; i < widths.length; i++) {
            cut.add(tuple.values().get(i) & widths[i]);
        }
        return cut.build();
    }

    RowConditions conditions() {
        List<Opening> openings = new ArrayList<>();
        for (ValueGroup group : row.groups()) {
            Optional<Sighting> first = openedBy(group);
            if (first.isPresent() || isOpen(group)) {
                openings.add(new Opening(row, group.members(), Optional.of(group), first));
            }
        }
        for (Map.Entry<ImmutableList<Long>, Optional<Sighting>> each : seen.entrySet()) {
            if (!isOpen(openings, each.getKey())) {
                openings.add(new Opening(row, alone(each.getKey()), Optional.empty(), each.getValue()));
            }
        }
        List<ValuePattern> patterns = new ArrayList<>();
        for (Opening opening : openings) {
            patterns.add(opening.values());
        }
        List<Cube> cubes = cover(patterns);
        List<Cube> apart = apart(openings);
        return new RowConditions(
                ImmutableList.copyOf(cubes.size() <= apart.size() ? cubes : apart),
                apart.size(),
                ImmutableList.copyOf(openings),
                null);
    }

    /**
     * The cubes of the groups that are always open, of each other group, and of each value in none. Another value that is
     * seen opens more or is in what is open: there are never fewer of these, as there may be of the cubes of all at once.
     */
    private List<Cube> apart(List<Opening> openings) {
        List<ValuePattern> bases = new ArrayList<>();
        List<Cube> cubes = new ArrayList<>();
        for (Opening opening : openings) {
            if (opening.group().isPresent() && opening.group().get().isBase()) {
                bases.add(opening.values());
            } else {
                cubes.addAll(cover(List.of(opening.values())));
            }
        }
        cubes.addAll(cover(bases));
        return cubes;
    }

    private List<Cube> cover(List<ValuePattern> patterns) {
        int[] registers = new int[widths.length];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = row.place().registers().get(i);
        }
        return new TupleCover(registers, widths).of(patterns);
    }

    private boolean isOpen(ValueGroup group) {
        if (group.isBase() || (group.isOfInet() && isInetOpen)) {
            return true;
        }
        for (ImmutableList<Long> tuple : seen.keySet()) {
            if (group.isOpenedBy(tuple)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOpen(List<Opening> openings, ImmutableList<Long> tuple) {
        for (Opening opening : openings) {
            if (opening.values().matches(tuple)) {
                return true;
            }
        }
        return false;
    }

    /** The first sighting of what opens the group or is in it; empty when nothing was seen. */
    private Optional<Sighting> openedBy(ValueGroup group) {
        Optional<Sighting> first = Optional.empty();
        for (Map.Entry<ImmutableList<Long>, Optional<Sighting>> each : seen.entrySet()) {
            boolean isMember = group.members().matches(each.getKey()) && isOpen(group);
            if (isMember || group.isOpenedBy(each.getKey())) {
                first = first(first, each.getValue());
            }
        }
        return first;
    }

    private static Optional<Sighting> first(Optional<Sighting> one, Optional<Sighting> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return Optional.of(one.get().plus(other.get()));
    }

    /** A value that no group holds: exactly it, but for what makes no difference to the kernel. */
    private ValuePattern alone(ImmutableList<Long> tuple) {
        List<ImmutableSortedSet<Long>> sets = new ArrayList<>();
        for (long value : tuple) {
            sets.add(ImmutableSortedSet.of(value));
        }
        if (row.kind() == Kind.SOCKET) {
            if (tuple.get(0) == NETLINK) {
                sets.set(1, ImmutableSortedSet.of());
            }
            for (ValueGroup group : row.groups()) {
                ImmutableSortedSet<Long> domains = group.members().sets().get(0);
                // where one domain of inet sockets is needed, so is the other
                if (group.name().equals("inet") && domains.contains(tuple.get(0))) {
                    sets.set(0, domains);
                }
            }
        }
        return new ValuePattern(ImmutableList.copyOf(sets));
    }
}
