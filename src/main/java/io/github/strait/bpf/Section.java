package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.profile.AbiProfiles;
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
 * The part of a filter for the numbers of one architecture token, which x86_64 and x32 share. Numbers are compared as
 * unsigned here.
 *
 * @param token the token
 * @param arches the ABIs of the profile that have it
 * @param calls the numbers that the profile treats individually
 * @param background the plans for all other numbers, from each key up to the next one
 */
record Section(
        int token,
        ImmutableList<Arch> arches,
        ImmutableSortedMap<Long, CallPlan> calls,
        ImmutableSortedMap<Long, CallPlan> background) {

    /** The sections of the profiles of some ABIs, in the order of the tokens. */
    static ImmutableList<Section> of(AbiProfiles profiles) {
        Map<Integer, List<Arch>> tokens = new TreeMap<>();
        ImmutableList.Builder<Section> sections = ImmutableList.builder();
        profiles.abis()
                .forEach(arch -> tokens.computeIfAbsent(arch.auditToken(), key -> new ArrayList<>())
                        .add(arch));
        tokens.forEach((token, arches) -> sections.add(of(profiles, token, ImmutableList.copyOf(arches))));
        return sections.build();
    }

    private static Section of(AbiProfiles profiles, int token, ImmutableList<Arch> arches) {
        NavigableMap<Long, CallPlan> background = background(profiles, arches);
        TreeMap<Long, CallPlan> calls = new TreeMap<>();
        for (Arch arch : arches) {
            Profile profile = profile(profiles, arch);
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

    /**
     * The default; but numbers with x32's bit have x32's, without a profile for them they end the thread, and -1 belongs
     * to x86_64 unless there is x32 alone.
     */
    private static NavigableMap<Long, CallPlan> background(AbiProfiles profiles, List<Arch> arches) {
        Arch first = arches.get(0);
        CallPlan usual = CallPlan.of(first, profile(profiles, first).defaultDecision());
        TreeMap<Long, CallPlan> background = new TreeMap<>();
        background.put(0L, usual);
        if (first.nativeArch() == Arch.X86_64 && first != Arch.X86) {
            CallPlan foreign = CallPlan.of(first, Decision.of(Action.KILL_THREAD));
            if (!arches.contains(Arch.X86_64)) {
                background.put(0L, foreign);
            }
            CallPlan marked = arches.contains(Arch.X32)
                    ? CallPlan.of(first, profile(profiles, Arch.X32).defaultDecision())
                    : foreign;
            background.put((long) SeccompData.X32_BIT, marked);
            background.put(Integer.toUnsignedLong(SeccompData.SKIPPED), usual);
        }
        return background;
    }

    private static Profile profile(AbiProfiles profiles, Arch arch) {
        return profiles.on(arch).orElseThrow();
    }

    private static Map<String, List<Rule>> rulesByName(Profile profile) {
        Map<String, List<Rule>> rules = new HashMap<>();
        profile.rules()
                .forEach(rule -> rule.names()
                        .forEach(name -> rules.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(rule)));
        return rules;
    }

    /** The plan for a number that the profile does not mention. */
    CallPlan around(long number) {
        return Objects.requireNonNull(background.floorEntry(number)).getValue();
    }

    /** How often each number was called. */
    ImmutableSortedMap<Long, Long> called(Frequencies frequencies) {
        TreeMap<Long, Long> called = new TreeMap<>();
        for (Arch arch : arches) {
            frequencies
                    .counts()
                    .row(arch)
                    .forEach((number, count) -> called.merge(Integer.toUnsignedLong(number), count, Long::sum));
        }
        return ImmutableSortedMap.copyOf(called);
    }

    /** How often this section was entered. */
    long frequency(Frequencies frequencies) {
        return arches.stream().mapToLong(frequencies::of).sum();
    }
}
