package io.github.strait.lint;

import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import java.util.Set;

/** Whether some arguments satisfy two sets of conditions. */
final class Overlap {
    private Overlap() {}

    /** False only when two conditions surely exclude each other. */
    static boolean isPossible(Set<Condition> first, Set<Condition> second) {
        return first.stream().noneMatch(a -> second.stream().anyMatch(b -> exclude(a, b)));
    }

    private static boolean exclude(Condition a, Condition b) {
        if (a.index() != b.index()) {
            return false;
        }
        if (a.operator() == Operator.EQ) {
            return !b.operator().test(a.value(), b.value(), b.valueTwo());
        }
        if (b.operator() == Operator.EQ) {
            return exclude(b, a);
        }
        if (a.operator() == Operator.MASKED_EQ && b.operator() == Operator.MASKED_EQ) {
            return ((a.valueTwo() ^ b.valueTwo()) & a.value() & b.value()) != 0;
        }
        return isBelow(a, b) || isBelow(b, a);
    }

    /** Whether the highest number of the one is below the lowest of the other. */
    private static boolean isBelow(Condition a, Condition b) {
        boolean bounded = a.operator() == Operator.LT || a.operator() == Operator.LE;
        boolean from = b.operator() == Operator.GT || b.operator() == Operator.GE;
        if (!bounded || !from) {
            return false;
        }
        int order = Long.compareUnsigned(a.value(), b.value());
        return order < 0 || (order == 0 && (a.operator() == Operator.LT || b.operator() == Operator.GT));
    }
}
