package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a filter does with the numbers of one architecture token, which x86_64 and x32 share. Numbers are unsigned here, so
 * that they have an order.
 *
 * @param token the token
 * @param arches the ABIs of the profile that have it
 * @param calls the numbers that the profile treats in a way of its own
 * @param background what is done with all other numbers, from each key up to the next one
 */
record Section(
        int token,
        ImmutableList<Arch> arches,
        ImmutableSortedMap<Long, CallPlan> calls,
        ImmutableSortedMap<Long, CallPlan> background) {

    /** The sections of a profile, in the order of its ABIs. */
    static ImmutableList<Section> of(Profile profile) {
        Map<Integer, List<Arch>> tokens = new TreeMap<>();
        ImmutableList.Builder<Section> sections = ImmutableList.builder();
        profile.architectures()
                .forEach(arch -> tokens.computeIfAbsent(arch.auditToken(), key -> new ArrayList<>())
                        .add(arch));
        tokens.forEach((token, arches) -> sections.add(of(profile, token, ImmutableList.copyOf(arches))));
        return sections.build();
    }

    private static Section of(Profile profile, int token, ImmutableList<Arch> arches) {
        NavigableMap<Long, CallPlan> background = background(profile, arches);
        TreeMap<Long, CallPlan> calls = new TreeMap<>();
        for (Arch arch : arches) {
            rulesByName(profile)
                    .forEach((name, rules) -> SyscallTable.of(arch).number(name).ifPresent(number -> {
                        long key = Integer.toUnsignedLong(number);
                        CallPlan plan = CallPlan.of(arch, profile, rules);
                        if (plan.isConditional()
                                || !plan.otherwise()
                                        .equals(background
                                                .floorEntry(key)
                                                .getValue()
                                                .otherwise())) {
                            calls.put(key, plan);
                        }
                    }));
        }
        return new Section(token, arches, ImmutableSortedMap.copyOf(calls), ImmutableSortedMap.copyOf(background));
    }

    /** The default; but the numbers of an x86 ABI that the profile lacks end the thread, and -1 belongs to both. */
    private static NavigableMap<Long, CallPlan> background(Profile profile, List<Arch> arches) {
        Arch arch = arches.get(0);
        CallPlan usual = CallPlan.of(arch, profile.defaultDecision());
        CallPlan foreign = CallPlan.of(arch, Decision.of(Action.KILL_THREAD));
        TreeMap<Long, CallPlan> background = new TreeMap<>();
        background.put(0L, arches.equals(List.of(Arch.X32)) ? foreign : usual);
        if (arches.equals(List.of(Arch.X86_64))) {
            background.put((long) SeccompData.X32_BIT, foreign);
            background.put(Integer.toUnsignedLong(SeccompData.SKIPPED), usual);
        } else if (arches.equals(List.of(Arch.X32))) {
            background.put((long) SeccompData.X32_BIT, usual);
        }
        return background;
    }

    private static Map<String, List<Rule>> rulesByName(Profile profile) {
        Map<String, List<Rule>> rules = new HashMap<>();
        profile.rules()
                .forEach(rule -> rule.names()
                        .forEach(name -> rules.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(rule)));
        return rules;
    }

    /** What is done with a number of which the profile says nothing. */
    CallPlan around(long number) {
        return Objects.requireNonNull(background.floorEntry(number)).getValue();
    }

    /** How often a number was called. */
    long frequency(Frequencies frequencies, long number) {
        return arches.stream()
                .mapToLong(arch -> frequencies.of(arch, (int) number))
                .sum();
    }

    /** How often this section was entered. */
    long frequency(Frequencies frequencies) {
        return arches.stream().mapToLong(frequencies::of).sum();
    }
}
