package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.Place;
import io.github.strait.argument.ValueGroup;
import io.github.strait.argument.ValueNames;
import io.github.strait.argument.ValuePattern;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Difference.ArgumentSet;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sets of arguments by the names of the catalogue: {@code unix, inet, netlink route}. Of registers only the bits count that
 * the kernel reads, so two sets may have the same words.
 */
final class ArgumentSetWords {
    /** How many values are listed. */
    private static final int MOST = 8;

    private final String call;
    private final Arch arch;

    ArgumentSetWords(String call, Arch arch) {
        this.call = call;
        this.arch = arch;
    }

    /** The words; empty for a set that has none. */
    Optional<String> of(ArgumentSet set) {
        if (set.equals(ArgumentSet.ALL)) {
            return Optional.of("any");
        }
        if (set.equals(ArgumentSet.SOME)) {
            return Optional.empty();
        }
        Optional<String> limits =
                new LimitSetWords(call, arch).of(set.alternatives()).or(() -> together(set));
        if (limits.isPresent()) {
            return limits.map(words -> set.isUnless() ? others(words) : words);
        }
        Optional<String> bits = bits(set);
        if (bits.isPresent()) {
            return bits.map(words -> set.isUnless() ? "without " + words : words);
        }
        return values(set).map(words -> set.isUnless() ? "all but " + words : words);
    }

    private static String others(String limits) {
        return limits.startsWith(LimitWords.NO_FLAGS_BUT)
                ? "other flags than " + limits.substring(LimitWords.NO_FLAGS_BUT.length())
                : "other than " + limits;
    }

    /** {@code argument 0 = 0 and argument 2 = NULL}, where conditions on several places must all hold. */
    private Optional<String> together(ArgumentSet set) {
        if (set.alternatives().size() != 1) {
            return Optional.empty();
        }
        List<Place> places = new ArrayList<>(Catalogue.places(call, arch));
        places.sort(Comparator.comparing(Place::toString));
        List<String> words = new ArrayList<>();
        int used = 0;
        for (Place place : places) {
            ImmutableList<Condition> here = set.alternatives().get(0).stream()
                    .filter(condition -> place.registers().contains(condition.index()))
                    .collect(ImmutableList.toImmutableList());
            used += here.size();
            boolean isPart =
                    !here.isEmpty() && here.size() < set.alternatives().get(0).size();
            if (isPart) {
                of(new ArgumentSet(ImmutableList.of(here), false)).ifPresent(words::add);
            } else if (!here.isEmpty()) {
                return Optional.empty();
            }
        }
        boolean isWhole = words.size() > 1 && used == set.alternatives().get(0).size();
        return isWhole ? Optional.of(String.join(" and ", words)) : Optional.empty();
    }

    /**
     * {@code without CLONE_NEWNS, CLONE_NEWUSER}, where certain bits must be 0 and all others are free; {@code
     * PROT_WRITE|PROT_EXEC}, where they must be set.
     */
    private Optional<String> bits(ArgumentSet set) {
        List<String> each = new ArrayList<>();
        for (ImmutableList<Condition> all : set.alternatives()) {
            Optional<String> words = all.size() == 1 ? bits(all.get(0), set.isUnless()) : Optional.empty();
            if (words.isEmpty()) {
                return words;
            }
            each.add(words.get());
        }
        return Optional.of(String.join(" or ", each));
    }

    private Optional<String> bits(Condition condition, boolean isUnless) {
        boolean isOfZeros = condition.valueTwo() == 0 && !isUnless;
        boolean isOfOnes = condition.valueTwo() == condition.value();
        if (condition.operator() != Operator.MASKED_EQ || !(isOfZeros || isOfOnes)) {
            return Optional.empty();
        }
        List<String> bits = new ValueNames(call, arch).bits(condition.index(), condition.value());
        if (bits.size() > MOST || bits.stream().anyMatch(bit -> Character.isDigit(bit.charAt(0)))) {
            return Optional.empty();
        }
        return Optional.of(isOfZeros ? "without " + String.join(", ", bits) : String.join("|", bits));
    }

    /** Values one by one, or by their groups. */
    private Optional<String> values(ArgumentSet set) {
        for (CatalogueRow row : Catalogue.of(call, arch)) {
            Optional<Set<ValuePattern>> tuples =
                    row.place().isMemory() ? Optional.empty() : new ConditionTuples(row).of(set.alternatives());
            if (tuples.isPresent()) {
                return named(row, tuples.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> named(CatalogueRow row, Set<ValuePattern> tuples) {
        Set<String> words = new LinkedHashSet<>();
        Set<ValuePattern> left = new LinkedHashSet<>(tuples);
        Set<String> groups = new LinkedHashSet<>();
        row.groups().forEach(group -> groups.add(group.name()));
        PatternNames names = new PatternNames(row.place(), call, arch);
        for (String group : groups) {
            Set<ValuePattern> members = members(row, group);
            if (tuples.containsAll(members) && !members.isEmpty()) {
                left.removeAll(members);
                String first = names.positions(members.iterator().next()).get(0);
                words.add(first.equals("AF_NETLINK") ? "netlink " + group : group);
            }
        }
        left.forEach(tuple -> words.add(String.join(" ", names.positions(tuple))));
        String more = words.size() > MOST ? " and " + (words.size() - MOST) + " more" : "";
        if (words.contains("")) {
            return Optional.empty();
        }
        String list = String.join(", ", Iterables.limit(words, MOST)) + more;
        boolean isOfNumbers = words.stream().allMatch(word -> Character.isDigit(word.charAt(0)));
        return Optional.of(isOfNumbers ? names.placed(list) : list);
    }

    private static Set<ValuePattern> members(CatalogueRow row, String name) {
        Set<ValuePattern> members = new LinkedHashSet<>();
        for (ValueGroup group : row.groups()) {
            if (group.name().equals(name)) {
                ConditionTuples.expand(group.members().sets(), members);
            }
        }
        return members;
    }
}
