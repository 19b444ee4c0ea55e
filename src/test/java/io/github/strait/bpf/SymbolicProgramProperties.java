package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Argument;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A run for all calls at once, against a run of the emulator for each of them. */
class SymbolicProgramProperties {
    private static final int UNKNOWN_BITS = 5;

    /** Exactly the decisions of the emulator, over all values of the bits that are not known. */
    @Property(tries = 1000)
    void allCallsAtOnceAreEachCall(@ForAll long seed, @ForAll boolean isBigEndian) {
        Random random = new Random(seed);
        Arch abi = isBigEndian ? Arch.S390X : Arch.X86_64;
        RandomPrograms programs =
                new RandomPrograms(random, DataWord.low(abi, 0), DataWord.high(abi, 0), DataWord.low(abi, 1), 0, 4);
        int number = random.nextInt(3);
        ImmutableList.Builder<Program> stack = ImmutableList.builder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            stack.add(programs.next(3 + random.nextInt(25)));
        }
        FilterStack filters = new FilterStack(stack.build());
        long[] args = {random.nextInt(4), random.nextLong()};
        List<Integer> bits = bits(random);
        Set<Decision> expected = new HashSet<>();
        for (int choice = 0; choice < 1 << UNKNOWN_BITS; choice++) {
            expected.add(filters.decide(SeccompData.of(abi, number, with(args, bits, choice))));
        }
        ImmutableSet<Decision> found = new StackDecisions(filters).of(abi, number, known(args, bits));
        assertEquals(expected, Set.copyOf(found), filters::toString);
    }

    /** Bits of the first two arguments: 0 to 63, and 64 to 127. */
    private static List<Integer> bits(Random random) {
        Set<Integer> bits = new HashSet<>();
        while (bits.size() < UNKNOWN_BITS) {
            bits.add(random.nextBoolean() ? random.nextInt(3) : random.nextInt(2 * Long.SIZE));
        }
        return List.copyOf(bits);
    }

    private static long[] with(long[] args, List<Integer> bits, int choice) {
        long[] all = args.clone();
        for (int i = 0; i < bits.size(); i++) {
            long bit = 1L << bits.get(i);
            int index = bits.get(i) / Long.SIZE;
            all[index] = (choice >>> i & 1) == 1 ? all[index] | bit : all[index] & ~bit;
        }
        return all;
    }

    private static List<Argument> known(long[] args, List<Integer> bits) {
        List<Argument> arguments = new ArrayList<>(Argument.ALL_UNKNOWN);
        for (int index = 0; index < args.length; index++) {
            long known = -1;
            for (int bit : bits) {
                known &= bit / Long.SIZE == index ? ~(1L << bit) : -1;
            }
            arguments.set(index, new Argument(args[index] & known, known));
        }
        return arguments;
    }
}
