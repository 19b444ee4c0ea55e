package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Prototype;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A condition that compares more bits of an argument than the kernel reads.
 *
 * @param calls those of the rule whose argument is that narrow, and about which the same two calls differ
 * @param bits how many bits the kernel reads
 * @param slip what differs for the profile and not for the kernel, for the first of the calls
 */
record Narrowness(ImmutableList<String> calls, int bits, Slip slip) {
    /** The numbers that differ, which are the same for many calls. */
    private record Key(int bits, long usual, long other, ImmutableList<Long> arguments) {}

    /** Where a search finds something, by what it finds; nothing on ABIs with 32-bit addresses, where filters compare as much. */
    static ImmutableList<Narrowness> of(
            Subject subject, Site site, Condition condition, Function<SlipSearch, Optional<Slip>> search) {
        Map<Key, List<String>> calls = new LinkedHashMap<>();
        Map<Key, Slip> slips = new LinkedHashMap<>();
        for (String call : site.rule().names()) {
            Set<List<Object>> tried = new HashSet<>();
            for (Surroundings where : subject.surroundings(site)) {
                int bits = Prototype.of(call, where.abi()).bits(condition.index());
                if (bits == Long.SIZE || where.abi().pointerBits() == Integer.SIZE || !where.isAbout(site, call)) {
                    continue;
                }
                Profile profile = where.profile(call);
                Optional<Slip> found = tried.add(List.of(bits, profile.rules()))
                        ? search.apply(new SlipSearch(where, call, site, condition, bits))
                        : Optional.empty();
                if (found.isPresent()) {
                    Slip slip = found.get();
                    Key key = new Key(bits, slip.usual(), slip.other(), slip.arguments());
                    calls.computeIfAbsent(key, none -> new ArrayList<>()).add(call);
                    slips.putIfAbsent(key, slip);
                    break;
                }
            }
        }
        ImmutableList.Builder<Narrowness> all = ImmutableList.builder();
        slips.forEach((key, slip) ->
                all.add(new Narrowness(ImmutableList.copyOf(calls.getOrDefault(key, List.of())), key.bits, slip)));
        return all.build();
    }

    /** {@code 'arg0 EQ 38' compares 64 bits of an argument of 'socket' of which the kernel reads 32}. */
    String what(Condition condition) {
        return "'" + condition + "' compares 64 bits of an argument of " + Wording.list(calls)
                + " of which the kernel reads " + bits;
    }

    /** How to compare what the kernel reads. */
    String remedy(Condition condition) {
        long low = -1L >>> Long.SIZE - bits;
        String mask = low + " (0x" + Long.toHexString(low) + ")";
        return switch (condition.operator()) {
            case EQ -> "use SCMP_CMP_MASKED_EQ with value " + mask + " and valueTwo " + (condition.value() & low);
            case MASKED_EQ ->
                (condition.value() & low) == 0
                        ? "remove the condition, which looks at no bit that counts"
                        : "use the mask's low " + bits + " bits, " + (condition.value() & low)
                                + ", as value, and valueTwo " + (condition.valueTwo() & low);
            case NE, LT, LE, GE, GT ->
                "no mask goes with this operator: allow the values that are meant, each in a rule with"
                        + " SCMP_CMP_MASKED_EQ, value " + mask + " and the number as valueTwo";
        };
    }
}
