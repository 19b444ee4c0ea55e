package io.github.strait.profile;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sets of argument vectors as reduced, ordered binary decision diagrams: equal sets are the same node, so laws about
 * sets can be checked by comparing numbers. A variable is a bit of an argument, the first argument's highest bit first.
 * An ABI with 32-bit addresses has half as many, because only the low words count there. Sets may also depend on
 * further bits, of which conditions know nothing. Methods that make a set may throw a {@link CoverException}.
 */
public final class ArgumentSpace {
    /** The empty set. */
    public static final int NONE = 0;
    /** All arguments. */
    public static final int ALL = 1;

    /** Bounds time and memory for hostile conditions. Docker's profile needs a few hundred. */
    private static final int MOST_NODES = 1 << 17;

    /** Beyond this number results are dropped from the cache. That costs time but does not change a result. */
    private static final int MOST_RESULTS = 1 << 17;

    private static final int BEYOND = Integer.MAX_VALUE;

    /** A test of one bit. */
    record Node(int variable, int low, int high) {}

    private enum SetOperation {
        AND,
        OR,
        MINUS
    }

    private final int bits;
    private long steps;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> known = new HashMap<>();
    private final List<Map<Long, Integer>> results = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());

    /** @param bits how many bits of an argument count, 32 or 64 */
    ArgumentSpace(int bits) {
        this(bits, Long.MAX_VALUE);
    }

    /**
     * A space for sets that hostile input makes.
     *
     * @param bits how many bits of an argument count, 32 or 64
     * @param steps bounds the time: how many tests sets may be made of, equal ones included
     */
    public ArgumentSpace(int bits, long steps) {
        this.bits = bits;
        this.steps = steps;
        nodes.add(new Node(BEYOND, NONE, NONE));
        nodes.add(new Node(BEYOND, ALL, ALL));
    }

    /** How many tests sets may still be made of. */
    public long steps() {
        return steps;
    }

    /** How many bits of an argument count. */
    public int bits() {
        return bits;
    }

    /** The highest value of an argument. */
    long max() {
        return bits == 64 ? -1L : (1L << bits) - 1;
    }

    Node node(int set) {
        return nodes.get(set);
    }

    /** Which argument the set tests first; one beyond the last when it tests none. */
    int argument(int set) {
        return set <= ALL ? Condition.ARGUMENTS : nodes.get(set).variable() / bits;
    }

    /** The arguments in both sets. */
    public int and(int a, int b) {
        return combine(SetOperation.AND, a, b);
    }

    /** The arguments in one of the sets. */
    public int or(int a, int b) {
        return combine(SetOperation.OR, a, b);
    }

    /** The arguments in the first set alone. */
    public int minus(int a, int b) {
        return combine(SetOperation.MINUS, a, b);
    }

    /** The arguments of which this bit is 1, 0 being the lowest. */
    public int bit(int index, int bit) {
        return test(variable(index, bit), NONE, ALL);
    }

    /** The calls of which a further bit is 1. */
    public int further(int bit) {
        return test(Condition.ARGUMENTS * bits + bit, NONE, ALL);
    }

    /**
     * The calls in which further bits are not one of these numbers.
     *
     * @param first the highest of the bits, which are as many as an {@code int} has
     */
    public int furtherNot(int first, Collection<Integer> numbers) {
        int[] sorted = numbers.stream()
                .sorted(Integer::compareUnsigned)
                .mapToInt(number -> number)
                .toArray();
        return not(first, Integer.SIZE, sorted, 0, sorted.length);
    }

    /** Of the numbers from one place to another, which agree in all but the lowest bits. */
    private int not(int first, int left, int[] numbers, int from, int to) {
        if (from == to || left == 0) {
            return from == to ? ALL : NONE;
        }
        int middle = from;
        while (middle < to && (numbers[middle] >>> left - 1 & 1) == 0) {
            middle++;
        }
        return test(
                Condition.ARGUMENTS * bits + first + Integer.SIZE - left,
                not(first, left - 1, numbers, from, middle),
                not(first, left - 1, numbers, middle, to));
    }

    /** Whether the set depends on no further bit. */
    public boolean isOfArguments(int set) {
        ImmutableSortedSet<Integer> variables = variables(set);
        return variables.isEmpty() || variables.last() < Condition.ARGUMENTS * bits;
    }

    /** The arguments that the set depends on, further bits aside. */
    public ImmutableSortedSet<Integer> arguments(int set) {
        return variables(set).headSet(Condition.ARGUMENTS * bits).stream()
                .map(variable -> variable / bits)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    private ImmutableSortedSet<Integer> variables(int set) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> pending = new ArrayDeque<>(List.of(set));
        ImmutableSortedSet.Builder<Integer> variables = ImmutableSortedSet.naturalOrder();
        while (!pending.isEmpty()) {
            Integer next = pending.remove();
            if (next > ALL && seen.add(next)) {
                Node node = nodes.get(next);
                variables.add(node.variable());
                pending.add(node.low());
                pending.add(node.high());
            }
        }
        return variables.build();
    }

    /** The arguments that satisfy all of these. */
    int of(Iterable<Condition> conditions) {
        int set = ALL;
        for (Condition condition : conditions) {
            set = and(set, of(condition));
        }
        return set;
    }

    /** The arguments that satisfy one condition. */
    int of(Condition condition) {
        long value = condition.value() & max();
        return switch (condition.operator()) {
            case EQ -> bits(condition.index(), max(), value);
            case NE -> minus(ALL, bits(condition.index(), max(), value));
            case LT -> below(condition.index(), value, NONE);
            case LE -> below(condition.index(), value, ALL);
            case GE -> minus(ALL, below(condition.index(), value, NONE));
            case GT -> minus(ALL, below(condition.index(), value, ALL));
            case MASKED_EQ -> bits(condition.index(), value, condition.valueTwo() & value);
        };
    }

    /** The set that tests a bit first: {@code low} where it is 0, {@code high} where it is 1. */
    int test(int variable, int low, int high) {
        step();
        return low == high ? low : known.computeIfAbsent(new Node(variable, low, high), this::add);
    }

    private int add(Node node) {
        if (nodes.size() >= MOST_NODES) {
            throw CoverException.compared();
        }
        nodes.add(node);
        return nodes.size() - 1;
    }

    private int variable(int index, int bit) {
        return index * bits + bits - 1 - bit;
    }

    private int bits(int index, long mask, long value) {
        int set = ALL;
        for (int bit = 0; bit < bits; bit++) {
            if ((mask >>> bit & 1) == 1) {
                boolean one = (value >>> bit & 1) == 1;
                set = test(variable(index, bit), one ? NONE : set, one ? set : NONE);
            }
        }
        return set;
    }

    /** The numbers below the value, and the value itself when {@code equal} is {@link #ALL}. */
    private int below(int index, long value, int equal) {
        int set = equal;
        for (int bit = 0; bit < bits; bit++) {
            boolean one = (value >>> bit & 1) == 1;
            set = test(variable(index, bit), one ? ALL : set, one ? set : NONE);
        }
        return set;
    }

    private void step() {
        if (--steps < 0) {
            throw CoverException.compared();
        }
    }

    private int combine(SetOperation operation, int a, int b) {
        step();
        int simple = simple(operation, a, b);
        if (simple >= 0) {
            return simple;
        }
        Map<Long, Integer> memory = results.get(operation.ordinal());
        long key = (long) a << 32 | b;
        Integer before = memory.get(key);
        if (before != null) {
            return before;
        }
        Node first = nodes.get(a);
        Node second = nodes.get(b);
        int variable = Math.min(first.variable(), second.variable());
        boolean inFirst = first.variable() == variable;
        boolean inSecond = second.variable() == variable;
        int low = combine(operation, inFirst ? first.low() : a, inSecond ? second.low() : b);
        int high = combine(operation, inFirst ? first.high() : a, inSecond ? second.high() : b);
        int set = test(variable, low, high);
        if (memory.size() >= MOST_RESULTS) {
            memory.clear();
        }
        memory.put(key, set);
        return set;
    }

    /** The result where one side decides it, else -1. */
    private static int simple(SetOperation operation, int a, int b) {
        return switch (operation) {
            case AND -> a == NONE || b == NONE ? NONE : a == ALL || a == b ? b : b == ALL ? a : -1;
            case OR -> a == ALL || b == ALL ? ALL : a == NONE || a == b ? b : b == NONE ? a : -1;
            case MINUS -> a == NONE || b == ALL || a == b ? NONE : b == NONE ? a : -1;
        };
    }
}
