package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableTable;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search for a number, against all searches that there can be. */
class SearchTreeTest {
    /** The numbers that a case is about; all others are denied. */
    private static final int NUMBERS = 9;

    private static final int CASES = 400;

    /** Instructions besides the tests of the number: two loads, the test of the architecture, the return. */
    private static final int FIXED = 4;

    /** Some numbers allowed, some answered otherwise, some called more often than others. */
    private record Case(int[] actions, long[] counts) {
        static Case of(Random random) {
            Case some = new Case(new int[NUMBERS], new long[NUMBERS]);
            int actions = 2 + random.nextInt(2);
            for (int i = 0; i < NUMBERS; i++) {
                some.actions[i] = random.nextInt(actions);
                some.counts[i] = random.nextInt(3) == 0 ? 0 : 1L << random.nextInt(12);
            }
            return some;
        }

        Profile profile() {
            Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
            for (int i = 0; i < NUMBERS; i++) {
                Rule.Builder rule = Rule.builder(actions[i] == 1 ? Action.ALLOW : Action.LOG)
                        .name(SyscallTable.of(Arch.X86_64).name(i).orElseThrow());
                if (actions[i] > 0) {
                    profile.rule(rule.build());
                }
            }
            return profile.build();
        }

        Frequencies frequencies() {
            ImmutableTable.Builder<Arch, Integer, Long> table = ImmutableTable.builder();
            for (int i = 0; i < NUMBERS; i++) {
                if (counts[i] > 0) {
                    table.put(Arch.X86_64, i, counts[i]);
                }
            }
            return new Frequencies(table.buildOrThrow());
        }

        long calls() {
            return Arrays.stream(counts).sum();
        }

        /** The fewest tests for all calls together, by trying all tests on all sets of numbers. */
        long fewest() {
            // after the numbers: other denied ones, those of x32, and the last one
            int size = NUMBERS + 3;
            long[] best = new long[1 << size];
            for (int set = 1; set < best.length; set++) {
                best[set] = isDecided(set) ? 0 : weight(set) + cheapest(set, size, best);
            }
            return best[best.length - 1];
        }

        private static long cheapest(int set, int size, long[] best) {
            long cheapest = Long.MAX_VALUE;
            for (int number = 0; number < size; number++) {
                int below = set & (1 << number) - 1;
                if (below != 0 && below != set) {
                    cheapest = Math.min(cheapest, best[below] + best[set & ~below]);
                }
                boolean isOne = number < NUMBERS || number == size - 1;
                if (isOne && (set & 1 << number) != 0) {
                    cheapest = Math.min(cheapest, best[set & ~(1 << number)]);
                }
            }
            return cheapest;
        }

        private int action(int number) {
            return number < NUMBERS ? actions[number] : number == NUMBERS + 1 ? 3 : 0;
        }

        private boolean isDecided(int set) {
            int first = action(Integer.numberOfTrailingZeros(set));
            for (int rest = set; rest != 0; rest &= rest - 1) {
                if (action(Integer.numberOfTrailingZeros(rest)) != first) {
                    return false;
                }
            }
            return true;
        }

        private long weight(int set) {
            long weight = 0;
            for (int number = 0; number < NUMBERS; number++) {
                weight += (set & 1 << number) == 0 ? 0 : counts[number];
            }
            return weight;
        }
    }

    @Test
    void noSearchRunsManyFewerInstructions() {
        Random random = new Random(7);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Case some = Case.of(random);
            Frequencies frequencies = some.frequencies();
            if (frequencies.isEmpty()) {
                continue;
            }
            Program program = FilterCompiler.compile(some.profile(), Layout.TREE, frequencies);
            for (int number = -2; number < 20; number++) {
                SeccompData call = SeccompData.of(Arch.X86_64, number);
                assertEquals(
                        some.profile().decide(call).returnValue(),
                        Emulator.run(program, call).value());
            }
            long fewest = some.fewest() + FIXED * some.calls();
            long ours = InstructionCount.of(program, frequencies).instructions();
            assertTrue(ours >= fewest, () -> "the search over all searches missed " + some.profile());
            ratios.add((double) ours / fewest);
        }
        assertTrue(ratios.size() > CASES / 2);
        double mean = ratios.stream().mapToDouble(ratio -> ratio).average().orElseThrow();
        double worst = ratios.stream().mapToDouble(ratio -> ratio).max().orElseThrow();
        assertTrue(mean < 1.01 && worst < 1.15, "mean " + mean + ", worst " + worst);
    }

    @Test
    void aLargeSearchIsNoWorseThanAChain() {
        Random random = new Random(11);
        for (int i = 0; i < 5; i++) {
            Profile profile = LargeProfiles.profile(random);
            Frequencies frequencies = LargeProfiles.frequencies(profile, random);
            double linear = mean(profile, Layout.LINEAR, frequencies);
            double tree = mean(profile, Layout.TREE, frequencies);
            assertTrue(tree <= linear, tree + " and " + linear);
        }
    }

    private static double mean(Profile profile, Layout layout, Frequencies frequencies) {
        return InstructionCount.of(FilterCompiler.compile(profile, layout, frequencies), frequencies)
                .mean();
    }
}
