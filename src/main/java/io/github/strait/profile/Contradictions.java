package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rules that libseccomp refuses to add (measured with 2.5.4, EEXIST). With them no runtime starts a container. Such a
 * rule has a different action for conditions that an earlier rule has for the same call, alone or before others on
 * higher arguments. Order counts: a rule after an unconditional rule for the call, or after one with the first of its
 * conditions, is dropped before it can contradict. On ABIs with 32-bit addresses conditions are equal when their low
 * words are.
 */
public final class Contradictions {
    /**
     * Two rules that contradict each other.
     *
     * @param first the index of the earlier one
     * @param second that of the later one
     * @param names the calls that they contradict each other on
     */
    public record Pair(int first, int second, ImmutableSortedSet<String> names) {}

    /** The test that a condition makes. Conditions with the same test have equal values. */
    private record Test(int index, Operator operator, long value, long valueTwo) {
        static Test of(Condition condition, Arch abi) {
            long word = abi.pointerBits() == 32 ? 0xffffffffL : -1L;
            return new Test(
                    condition.index(), condition.operator(), condition.value() & word, condition.valueTwo() & word);
        }
    }

    private record Call(String name, List<Test> tests) {}

    private record First(int index, Decision decision) {}

    private final Arch abi;
    private final Map<Call, First> known = new HashMap<>();
    private final Map<Call, Map<Decision, Integer>> longer = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<List<Integer>, Set<String>> pairs = new LinkedHashMap<>();

    private Contradictions(Arch abi) {
        this.abi = abi;
    }

    /** All pairs, on any of these ABIs; rules that say what the default says count for none. */
    public static ImmutableList<Pair> of(List<Rule> rules, Decision byDefault, Set<Arch> abis) {
        Map<List<Integer>, Set<String>> pairs = new LinkedHashMap<>();
        for (Arch abi : representatives(abis)) {
            of(rules, byDefault, abi)
                    .forEach((pair, names) ->
                            pairs.computeIfAbsent(pair, key -> new TreeSet<>()).addAll(names));
        }
        return pairs.entrySet().stream()
                .map(pair -> new Pair(
                        pair.getKey().get(0), pair.getKey().get(1), ImmutableSortedSet.copyOf(pair.getValue())))
                .collect(ImmutableList.toImmutableList());
    }

    /** One ABI of each width, with and without multiplexers. */
    private static ImmutableSet<Arch> representatives(Set<Arch> abis) {
        Map<Boolean, Map<Integer, Arch>> some = new TreeMap<>();
        for (Arch abi : abis) {
            some.computeIfAbsent(Companions.exist(Set.of(abi)), key -> new TreeMap<>())
                    .putIfAbsent(abi.pointerBits(), abi);
        }
        return some.values().stream()
                .flatMap(byWidth -> byWidth.values().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    private static Map<List<Integer>, Set<String>> of(List<Rule> rules, Decision byDefault, Arch abi) {
        Contradictions filter = new Contradictions(abi);
        boolean companions = Companions.exist(Set.of(abi));
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).decision().equals(byDefault)) {
                filter.add(i, rules.get(i));
                for (Rule companion : companions ? Companions.of(rules.get(i)) : List.<Rule>of()) {
                    filter.add(i, companion);
                }
            }
        }
        return filter.pairs;
    }

    private void add(int index, Rule rule) {
        for (List<Test> tests : alternatives(rule, abi)) {
            for (String name : rule.names()) {
                if (settled.contains(name) || !Syscalls.names().contains(name)) {
                    continue;
                }
                if (tests.isEmpty()) {
                    settled.add(name);
                } else if (prefixes(tests).noneMatch(prefix -> known.containsKey(new Call(name, prefix)))) {
                    add(index, rule.decision(), name, tests);
                }
            }
        }
    }

    private void add(int index, Decision decision, String name, List<Test> tests) {
        Call call = new Call(name, tests);
        First same = known.putIfAbsent(call, new First(index, decision));
        if (same != null && !same.decision().equals(decision)) {
            note(same.index(), index, name);
        }
        longer.getOrDefault(call, Map.of()).forEach((other, first) -> {
            if (!other.equals(decision)) {
                note(first, index, name);
            }
        });
        prefixes(tests)
                .forEach(prefix -> longer.computeIfAbsent(new Call(name, prefix), key -> new LinkedHashMap<>())
                        .putIfAbsent(decision, index));
    }

    private void note(int first, int second, String name) {
        pairs.computeIfAbsent(List.of(first, second), key -> new TreeSet<>()).add(name);
    }

    /** The tests before the last, in the order of the arguments. */
    private static Stream<List<Test>> prefixes(List<Test> tests) {
        return IntStream.range(1, tests.size()).mapToObj(length -> tests.subList(0, length));
    }

    /** The tests that are added to the filter one by one, in the order of the arguments; an empty mask tests nothing. */
    private static List<List<Test>> alternatives(Rule rule, Arch abi) {
        List<Test> tests = rule.conditions().stream()
                .filter(condition -> !condition.isVacuous(abi))
                .map(condition -> Test.of(condition, abi))
                .sorted(Comparator.comparingInt(Test::index))
                .toList();
        if (!rule.isSplit()) {
            return List.of(tests);
        }
        List<List<Test>> all = new ArrayList<>(tests.stream().map(List::of).toList());
        if (tests.size() < rule.conditions().size()) {
            all.add(0, List.of());
        }
        return all;
    }
}
