package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Conditions that describe a set of arguments. Each alternative is a list of conditions that must all hold. The same
 * set always gives the same conditions. Values are single numbers, ends of ranges, or masks, whichever needs fewest.
 */
final class Cover {
    /** How many ranges are still easier to read than masks. */
    private static final int FEW = 16;

    /** Bounds the size of a document. */
    private static final int MOST = 1024;

    private final ArgumentSpace space;
    private final boolean ranges;

    private Cover(ArgumentSpace space, boolean ranges) {
        this.space = space;
        this.ranges = ranges;
    }

    /** For rules: at most one condition on each argument. */
    static ImmutableList<ImmutableList<Condition>> ofRules(ArgumentSpace space, int set) {
        return new Cover(space, false).of(set);
    }

    /** For people: GE and LE on one argument may say a range together. */
    static ImmutableList<ImmutableList<Condition>> ofRanges(ArgumentSpace space, int set) {
        return new Cover(space, true).of(set);
    }

    private ImmutableList<ImmutableList<Condition>> of(int set) {
        List<List<Condition>> parts = parts(set);
        List<List<Condition>> wide = new ArrayList<>();
        for (List<Condition> part : parts) {
            List<Condition> wider = widened(part, set);
            if (!wide.contains(wider)) {
                wide.add(wider);
            }
        }
        return needed(wide, set).stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList());
    }

    /** Without the conditions that the others of the part make superfluous. */
    private List<Condition> widened(List<Condition> part, int set) {
        List<Condition> left = part;
        if (part.stream().mapToInt(Condition::index).distinct().count() < 2) {
            return left;
        }
        for (int index = 0; index < Condition.ARGUMENTS; index++) {
            int argument = index;
            List<Condition> fewer = left.stream()
                    .filter(condition -> condition.index() != argument)
                    .toList();
            if (fewer.size() < left.size() && space.minus(space.of(fewer), set) == ArgumentSpace.NONE) {
                left = fewer;
            }
        }
        return left;
    }

    /** Without the parts that the others make superfluous, the last first. */
    private List<List<Condition>> needed(List<List<Condition>> parts, int set) {
        List<List<Condition>> left = new ArrayList<>(parts);
        if (parts.size() > FEW) {
            return left;
        }
        for (int i = parts.size() - 1; i >= 0 && left.size() > 1; i--) {
            List<Condition> candidate = left.remove(i);
            if (union(left) != set) {
                left.add(i, candidate);
            }
        }
        return left;
    }

    private int union(Collection<? extends Iterable<Condition>> parts) {
        int all = ArgumentSpace.NONE;
        for (Iterable<Condition> part : parts) {
            all = space.or(all, space.of(part));
        }
        return all;
    }

    private List<List<Condition>> parts(int set) {
        if (set == ArgumentSpace.NONE) {
            return List.of();
        }
        int index = space.argument(set);
        if (index == Condition.ARGUMENTS) {
            return List.of(List.of());
        }
        List<List<Condition>> parts = new ArrayList<>();
        for (int rest : exits(set, index)) {
            List<List<Condition>> heads = values(index, select(set, index, rest, new TreeMap<>()));
            for (List<Condition> tail : parts(rest)) {
                for (List<Condition> head : heads) {
                    List<Condition> part = new ArrayList<>(head);
                    part.addAll(tail);
                    parts.add(part);
                    check(parts);
                }
            }
        }
        return parts;
    }

    private static void check(Collection<?> parts) {
        if (parts.size() > MOST) {
            throw CoverException.written();
        }
    }

    /** The sets that remain to be tested after the bits of an argument. Their order depends on the set only. */
    private Collection<Integer> exits(int set, int index) {
        Map<Integer, Boolean> seen = new LinkedHashMap<>();
        Map<Integer, Boolean> exits = new LinkedHashMap<>();
        exits(set, index, seen, exits);
        exits.remove(ArgumentSpace.NONE);
        return exits.keySet();
    }

    private void exits(int set, int index, Map<Integer, Boolean> seen, Map<Integer, Boolean> exits) {
        if (space.argument(set) != index) {
            exits.put(set, true);
        } else if (seen.put(set, true) == null) {
            exits(space.node(set).low(), index, seen, exits);
            exits(space.node(set).high(), index, seen, exits);
        }
    }

    /** The values of one argument that lead to an exit. */
    private int select(int set, int index, int exit, Map<Integer, Integer> memory) {
        if (space.argument(set) != index) {
            return set == exit ? ArgumentSpace.ALL : ArgumentSpace.NONE;
        }
        Integer before = memory.get(set);
        if (before != null) {
            return before;
        }
        ArgumentSpace.Node node = space.node(set);
        int selected = space.test(
                node.variable(), select(node.low(), index, exit, memory), select(node.high(), index, exit, memory));
        memory.put(set, selected);
        return selected;
    }

    private List<List<Condition>> values(int index, int set) {
        if (set == ArgumentSpace.ALL) {
            return List.of(List.of());
        }
        Values values = new Values(space, index);
        List<Values.ValueRange> found = new ArrayList<>();
        boolean few = values.ranges(set, FEW, found);
        List<List<Condition>> asRanges = few ? values.asConditions(found, ranges) : List.of();
        boolean plain = few && found.stream().allMatch(range -> ranges || values.isPlain(range));
        if (plain) {
            return asRanges;
        }
        List<List<Condition>> asMasks = values.masks(set, MOST);
        return few && asRanges.size() <= asMasks.size() ? asRanges : asMasks;
    }
}
