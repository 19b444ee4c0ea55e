package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import io.github.strait.profile.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for calls about which a profile decides by bits that the kernel does not read, and a condition is why. */
final class SlipSearch {
    private static final int MOST_VALUES = 50;
    private static final int MOST_OTHERS = 4;
    private static final int MOST_SHAPES = 20;

    private final Surroundings where;
    private final String call;
    private final Site site;
    private final Condition condition;
    private final int bits;

    /** @param bits how many bits of the argument the kernel reads; fewer than 64 */
    SlipSearch(Surroundings where, String call, Site site, Condition condition, int bits) {
        this.where = where;
        this.call = call;
        this.site = site;
        this.condition = condition;
        this.bits = bits;
    }

    /**
     * Two calls of which the profile denies the usual one and lets the other through, because the condition of a rule that
     * permits holds for the other only, or that of a rule that denies for the usual one only.
     */
    Optional<Slip> through() {
        return first(true);
    }

    /** Two calls of which the rule permits the usual one, and the profile denies the other. */
    Optional<Slip> refused() {
        return site.permits() ? first(false) : Optional.empty();
    }

    private Optional<Slip> first(boolean isThrough) {
        if (!where.mayAsk(call)) {
            return Optional.empty();
        }
        List<long[]> shapes = shapes();
        for (long other : registers()) {
            for (long usual : forms(other)) {
                if (!isCause(usual, other, isThrough)) {
                    continue;
                }
                for (long[] shape : shapes) {
                    if (isFound(shape, usual, other, isThrough)) {
                        return Optional.of(new Slip(
                                call, condition.index(), usual, other, ImmutableList.copyOf(Longs.asList(shape))));
                    }
                    if (!where.mayAsk(call)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isCause(long usual, long other, boolean isThrough) {
        boolean expected = site.permits() != isThrough;
        return holds(usual) == expected && holds(other) != expected;
    }

    private boolean isFound(long[] shape, long usual, long other, boolean isThrough) {
        if (permits(shape, usual) == isThrough || permits(shape, other) != isThrough) {
            return false;
        }
        // what a rule permits in one of the forms that callers use is meant
        return !isThrough
                || (site.permits()
                        ? forms(other).stream().noneMatch(form -> permits(shape, form))
                        : where.decide(call, with(shape, condition.index(), usual))
                                .equals(site.rule().decision()));
    }

    private boolean holds(long register) {
        return condition.test(where.abi(), register);
    }

    private boolean permits(long[] shape, long register) {
        return where.permits(call, with(shape, condition.index(), register));
    }

    /** The registers in which callers pass what the kernel reads: without a sign, and with one. */
    private List<Long> forms(long register) {
        int unread = Long.SIZE - bits;
        long plain = register << unread >>> unread;
        long signed = register << unread >> unread;
        return plain == signed ? List.of(plain) : List.of(plain, signed);
    }

    /** Numbers near those of conditions on the argument, with bits that the kernel does not read. */
    private Set<Long> registers() {
        long unread = -1L << bits;
        Set<Long> highs = new LinkedHashSet<>(List.of(1L << bits));
        highs.add(Long.lowestOneBit(condition.value() & unread));
        Surroundings.numbers(condition).forEach(number -> highs.add(number & unread));
        highs.add(unread);
        Set<Long> lows = new LinkedHashSet<>(Surroundings.numbers(condition));
        where.numbers(call, condition.index()).limit(MOST_VALUES).forEach(lows::add);
        lows.add(0L);
        // of a negative number there are two forms, of which one may be permitted
        List.copyOf(lows).forEach(low -> lows.add(low & ~(unread >> 1)));
        Set<Long> registers = new LinkedHashSet<>();
        highs.forEach(high -> lows.forEach(low -> registers.add(high | low & ~unread)));
        return registers;
    }

    /** Calls that satisfy the other conditions of the rule. */
    private List<long[]> shapes() {
        List<long[]> shapes = new ArrayList<>(List.of(new long[Condition.ARGUMENTS]));
        for (int i = 0; i < Condition.ARGUMENTS; i++) {
            int index = i;
            if (index != condition.index()
                    && where.numbers(call, index).findAny().isPresent()) {
                List<long[]> all = shapes;
                shapes = Stream.concat(Stream.of(0L), where.numbers(call, index))
                        .filter(value -> isPossible(index, value))
                        .distinct()
                        .limit(MOST_OTHERS)
                        .flatMap(value -> all.stream().map(shape -> with(shape.clone(), index, value)))
                        .limit(MOST_SHAPES)
                        .toList();
            }
        }
        return shapes;
    }

    private boolean isPossible(int index, long value) {
        return site.rule().isSplit()
                || site.rule().conditions().stream()
                        .filter(each -> each.index() == index)
                        .allMatch(each -> each.test(where.abi(), value));
    }

    private static long[] with(long[] shape, int index, long value) {
        shape[index] = value;
        return shape;
    }
}
