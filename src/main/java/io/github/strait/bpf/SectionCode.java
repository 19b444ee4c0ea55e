package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.bpf.Assembler.Label;
import io.github.strait.bpf.SearchTree.Piece;
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
    private final ImmutableSortedMap<Long, Long> called;
    private final Map<CallPlan, Label> plans = new HashMap<>();

    private SectionCode(Assembler code, Section section, Frequencies frequencies) {
        this.code = code;
        this.section = section;
        this.frequencies = frequencies;
        this.called = section.called(frequencies);
    }

    static Label write(Assembler code, Section section, Layout layout, Frequencies frequencies) {
        SectionCode writer = new SectionCode(code, section, frequencies);
        Label start = layout == Layout.LINEAR ? writer.linear() : writer.tree();
        return code.load(DataWord.NUMBER, start);
    }

    /**
     * One test after the other, the most frequent calls first. Three or more adjacent numbers with one plan share two
     * tests; a number below them needs only the first. The last test is written first, after the code for all other
     * numbers.
     */
    private Label linear() {
        Label next = halves(ranges(new TreeMap<>()));
        for (Piece range : rarestFirst()) {
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

    private List<Piece> rarestFirst() {
        // a range costs the numbers after it between one test and two
        Comparator<Piece> byFrequency =
                Comparator.comparingLong(range -> range.weight() * (range.first() == range.last() ? 3 : 2));
        return neighbours().stream()
                .flatMap(this::together)
                .sorted(byFrequency.thenComparing(
                        Comparator.comparingLong(Piece::first).reversed()))
                .toList();
    }

    /** The calls, adjacent ones with the same plan in one range. */
    private List<Piece> neighbours() {
        List<Piece> all = new ArrayList<>();
        section.calls().forEach((number, plan) -> {
            Piece last = all.isEmpty() ? null : all.get(all.size() - 1);
            if (last != null && last.last() == number - 1 && last.plan().equals(plan)) {
                all.set(all.size() - 1, range(last.first(), number, plan));
            } else {
                all.add(range(number, number, plan));
            }
        });
        return all;
    }

    private Stream<Piece> together(Piece range) {
        return range.last() - range.first() + 1 >= TOGETHER
                ? Stream.of(range)
                : LongStream.rangeClosed(range.first(), range.last())
                        .mapToObj(number -> range(number, number, range.plan()));
    }

    /** All numbers, with these calls among them. */
    private List<Piece> ranges(Map<Long, CallPlan> calls) {
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
        ImmutableList.Builder<Piece> ranges = ImmutableList.builder();
        for (int i = 0; i < borders.size(); i++) {
            long first = borders.get(i).getKey();
            long end = i + 1 < borders.size() ? borders.get(i + 1).getKey() : END;
            ranges.add(range(first, end - 1, borders.get(i).getValue()));
        }
        return ranges.build();
    }

    private Piece range(long first, long last, CallPlan plan) {
        long weight = called.subMap(first, last + 1).values().stream()
                .mapToLong(count -> count)
                .sum();
        return new Piece(first, last, plan, weight);
    }

    private Label tree() {
        List<Piece> ranges = ranges(section.calls());
        return frequencies.isEmpty() ? halves(ranges) : SearchTree.write(pieces(ranges), code, this::plan);
    }

    /** The ranges, with each number that was called as a piece by itself. */
    private List<Piece> pieces(List<Piece> ranges) {
        ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
        for (Piece range : ranges) {
            long next = range.first();
            for (long number : called.subMap(range.first(), range.last() + 1).keySet()) {
                if (next < number) {
                    pieces.add(range(next, number - 1, range.plan()));
                }
                pieces.add(range(number, number, range.plan()));
                next = number + 1;
            }
            if (next <= range.last()) {
                pieces.add(range(next, range.last(), range.plan()));
            }
        }
        return pieces.build();
    }

    /** A binary search in which all ranges count the same. */
    private Label halves(List<Piece> ranges) {
        if (ranges.size() == 1) {
            return plan(ranges.get(0).plan());
        }
        int middle = ranges.size() / 2;
        Label above = halves(ranges.subList(middle, ranges.size()));
        Label below = halves(ranges.subList(0, middle));
        return code.branch(Comparison.GE, (int) ranges.get(middle).first(), above, below);
    }

    private Label plan(CallPlan plan) {
        return plan.isConditional()
                ? plans.computeIfAbsent(plan, key -> key.write(code))
                : code.answer(plan.otherwise().returnValue());
    }
}
