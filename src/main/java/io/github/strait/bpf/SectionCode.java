package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Assembler.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Writes the part of a filter that knows the architecture and asks for the number. */
final class SectionCode {
    /** One more than the largest number. */
    private static final long END = 1L << Integer.SIZE;

    /** How many neighbours are worth two tests instead of one each. */
    private static final int TOGETHER = 3;

    private final Assembler code;
    private final Section section;
    private final Frequencies frequencies;
    private final Map<CallPlan, Label> plans = new HashMap<>();

    private SectionCode(Assembler code, Section section, Frequencies frequencies) {
        this.code = code;
        this.section = section;
        this.frequencies = frequencies;
    }

    /** Numbers that have the same plan, and how often they were called. */
    private record NumberRange(long first, long last, CallPlan plan, long weight) {}

    static Label write(Assembler code, Section section, Layout layout, Frequencies frequencies) {
        SectionCode writer = new SectionCode(code, section, frequencies);
        Label start = layout == Layout.LINEAR ? writer.linear() : writer.tree(writer.ranges(section.calls()));
        return code.load(DataWord.NUMBER, start);
    }

    /**
     * One test after the other, the most frequent calls first. Three or more adjacent numbers with one plan share two
     * tests; a number below them needs only the first. The last test is written first, after the code for all other
     * numbers.
     */
    private Label linear() {
        Label next = tree(ranges(new TreeMap<>()));
        for (NumberRange range : rarestFirst()) {
            Label call = plan(range.plan());
            if (range.first() == range.last()) {
                next = code.branch(Comparison.EQ, (int) range.first(), call, next);
            } else {
                Label rest = code.branch(Comparison.GT, (int) range.last(), next, call);
                next = code.branch(Comparison.GE, (int) range.first(), rest, next);
            }
        }
        return next;
    }

    private List<NumberRange> rarestFirst() {
        // a range costs the numbers after it between one test and two
        Comparator<NumberRange> byFrequency =
                Comparator.comparingLong(range -> range.weight() * (range.first() == range.last() ? 3 : 2));
        return neighbours().stream()
                .flatMap(this::together)
                .sorted(byFrequency.thenComparing(
                        Comparator.comparingLong(NumberRange::first).reversed()))
                .toList();
    }

    /** The calls, adjacent ones with the same plan in one range. */
    private List<NumberRange> neighbours() {
        List<NumberRange> all = new ArrayList<>();
        section.calls().forEach((number, plan) -> {
            NumberRange last = all.isEmpty() ? null : all.get(all.size() - 1);
            if (last != null && last.last() == number - 1 && last.plan().equals(plan)) {
                all.set(all.size() - 1, range(last.first(), number, plan));
            } else {
                all.add(range(number, number, plan));
            }
        });
        return all;
    }

    private Stream<NumberRange> together(NumberRange range) {
        return range.last() - range.first() + 1 >= TOGETHER
                ? Stream.of(range)
                : LongStream.rangeClosed(range.first(), range.last())
                        .mapToObj(number -> range(number, number, range.plan()));
    }

    /** All numbers, with these calls among them. */
    private List<NumberRange> ranges(Map<Long, CallPlan> calls) {
        TreeMap<Long, CallPlan> starts = new TreeMap<>(section.background());
        calls.forEach((number, plan) -> {
            // what comes after a call is background again, unless something begins there
            starts.putIfAbsent(number + 1, section.around(number + 1));
            starts.put(number, plan);
        });
        starts.remove(END);
        List<Map.Entry<Long, CallPlan>> borders = new ArrayList<>();
        for (Map.Entry<Long, CallPlan> start : starts.entrySet()) {
            if (borders.isEmpty() || !borders.get(borders.size() - 1).getValue().equals(start.getValue())) {
                borders.add(start);
            }
        }
        ImmutableList.Builder<NumberRange> ranges = ImmutableList.builder();
        for (int i = 0; i < borders.size(); i++) {
            long first = borders.get(i).getKey();
            long end = i + 1 < borders.size() ? borders.get(i + 1).getKey() : END;
            ranges.add(range(first, end - 1, borders.get(i).getValue()));
        }
        return ranges.build();
    }

    private NumberRange range(long first, long last, CallPlan plan) {
        long weight = section.calls().subMap(first, last + 1).keySet().stream()
                .mapToLong(number -> section.frequency(frequencies, number))
                .sum();
        return new NumberRange(first, last, plan, weight);
    }

    private Label tree(List<NumberRange> ranges) {
        if (ranges.size() == 1) {
            return plan(ranges.get(0).plan());
        }
        int split = split(ranges);
        Label above = tree(ranges.subList(split, ranges.size()));
        Label below = tree(ranges.subList(0, split));
        return code.branch(Comparison.GE, (int) ranges.get(split).first(), above, below);
    }

    /** The border with the most equal weights on both sides; where nothing is known every range weighs the same. */
    private static int split(List<NumberRange> ranges) {
        long scale = 2L * ranges.size();
        long all = ranges.stream().mapToLong(range -> weight(range, scale)).sum();
        long before = 0;
        long best = Long.MAX_VALUE;
        int split = 1;
        for (int i = 1; i < ranges.size(); i++) {
            before += weight(ranges.get(i - 1), scale);
            long difference = Math.abs(all - 2 * before);
            if (difference < best) {
                best = difference;
                split = i;
            }
        }
        return split;
    }

    private static long weight(NumberRange range, long scale) {
        return range.weight() * scale + 1;
    }

    private Label plan(CallPlan plan) {
        return plan.isConditional()
                ? plans.computeIfAbsent(plan, key -> key.write(code))
                : code.answer(plan.otherwise().returnValue());
    }
}
