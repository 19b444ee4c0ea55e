package io.github.strait.bpf;

import io.github.strait.bpf.Assembler.Label;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The search for a number that runs the fewest instructions for calls of known frequencies. Its tests compare the number
 * with a constant, for order or for equality.
 *
 * <p>A part is some neighbouring pieces, without the most frequent numbers among them when those were tested before. The
 * cost of each part is found once, from small parts to the whole: all its calls run one test, either for its next frequent
 * number or for a border that divides it. So this is the best of all searches that test the frequent numbers of a part in
 * the order of their frequency; {@code src/bench/filters} compares it with a lower bound for all searches.
 */
final class SearchTree {
    /** How many numbers of a part can be tested for; 8 gained less than 0.1 % on each recording. */
    private static final int ALONE = 4;

    private final List<Piece> pieces;
    private final double[] weights;
    private final int[] plans;
    private final int[] byWeight;

    /**
     * The cost of each part by how many numbers were tested before, its first piece, and the piece after it; and once more
     * by the piece after it first. What a search for a border reads is then side by side in memory.
     */
    private final double[][][] costs;

    private final double[][][] costsByEnd;

    /** Neighbouring numbers with the same plan, and how often they were called. */
    record Piece(long first, long last, CallPlan plan, long weight) {}

    private SearchTree(List<Piece> pieces) {
        int size = pieces.size();
        this.pieces = pieces;
        // numbers that were never called count as little as does not matter to the others
        this.weights = pieces.stream()
                .mapToDouble(piece -> piece.weight() + 1.0 / size / size)
                .toArray();
        Map<CallPlan, Integer> known = new HashMap<>();
        this.plans = pieces.stream()
                .mapToInt(piece -> known.computeIfAbsent(piece.plan(), key -> known.size()))
                .toArray();
        this.byWeight = IntStream.range(0, size)
                .filter(i -> pieces.get(i).first() == pieces.get(i).last())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -weights[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.costs = new double[ALONE + 1][size + 1][size + 1];
        this.costsByEnd = new double[ALONE + 1][size + 1][size + 1];
    }

    /**
     * Writes the search.
     *
     * @param pieces all numbers, in their order; one that was called is a piece by itself
     * @param plan the code of a plan
     */
    static Label write(List<Piece> pieces, Assembler code, Function<CallPlan, Label> plan) {
        SearchTree tree = new SearchTree(pieces);
        int size = pieces.size();
        for (int length = 1; length <= size; length++) {
            for (int from = 0; from + length <= size; from++) {
                tree.weigh(from, from + length);
            }
        }
        return tree.write(0, size, 0, code, plan);
    }

    private void weigh(int from, int to) {
        int[] frequent = frequent(from, to);
        boolean[] tested = tested(frequent, frequent.length);
        double weight = 0;
        for (int i = from; i < to; i++) {
            weight += tested[i] ? 0 : weights[i];
        }
        for (int count = frequent.length; count >= 0; count--) {
            if (!isDecided(from, to, tested)) {
                double alone = count < frequent.length ? costs[count + 1][from][to] : Double.POSITIVE_INFINITY;
                double cost = weight + Math.min(alone, divided(from, to, tested, count));
                costs[count][from][to] = cost;
                costsByEnd[count][to][from] = cost;
            }
            if (count > 0) {
                tested[frequent[count - 1]] = false;
                weight += weights[frequent[count - 1]];
            }
        }
    }

    /** The numbers of some pieces that can be tested for, the most frequent first. */
    private int[] frequent(int from, int to) {
        int[] found = new int[Math.min(ALONE, to - from)];
        int count = 0;
        for (int i = 0; i < byWeight.length && count < found.length; i++) {
            if (byWeight[i] >= from && byWeight[i] < to) {
                found[count++] = byWeight[i];
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean[] tested(int[] frequent, int count) {
        boolean[] tested = new boolean[pieces.size()];
        for (int i = 0; i < count; i++) {
            tested[frequent[i]] = true;
        }
        return tested;
    }

    /** Whether one plan is left. */
    private boolean isDecided(int from, int to, boolean[] tested) {
        int plan = -1;
        for (int i = from; i < to; i++) {
            if (!tested[i]) {
                if (plan >= 0 && plan != plans[i]) {
                    return false;
                }
                plan = plans[i];
            }
        }
        return true;
    }

    /** The cost of the two sides of the best border. */
    private double divided(int from, int to, boolean[] tested, int count) {
        double best = Double.POSITIVE_INFINITY;
        int below = 0;
        double[] under = costs[0][from];
        double[] above = costsByEnd[count][to];
        for (int border = from + 1; border < to; border++) {
            if (tested[border - 1]) {
                below++;
                under = costs[below][from];
                above = costsByEnd[count - below][to];
            }
            best = Math.min(best, under[border] + above[border]);
        }
        return best;
    }

    private Label write(int from, int to, int count, Assembler code, Function<CallPlan, Label> plan) {
        int[] frequent = frequent(from, to);
        boolean[] tested = tested(frequent, count);
        if (isDecided(from, to, tested)) {
            int left = from;
            while (left < to - 1 && tested[left]) {
                left++;
            }
            return plan.apply(pieces.get(left).plan());
        }
        double divided = divided(from, to, tested, count);
        if (count < frequent.length && costs[count + 1][from][to] < divided) {
            Piece alone = pieces.get(frequent[count]);
            Label found = plan.apply(alone.plan());
            Label rest = write(from, to, count + 1, code, plan);
            return code.branch(Comparison.EQ, (int) alone.first(), found, rest);
        }
        int border = from + 1;
        int below = tested[from] ? 1 : 0;
        while (costs[below][from][border] + costs[count - below][border][to] > divided) {
            below += tested[border] ? 1 : 0;
            border++;
        }
        Label above = write(border, to, count - below, code, plan);
        Label under = write(from, border, below, code, plan);
        return code.branch(Comparison.GE, (int) pieces.get(border).first(), above, under);
    }
}
