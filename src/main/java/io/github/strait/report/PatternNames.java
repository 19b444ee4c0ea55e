package io.github.strait.report;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Place;
import io.github.strait.argument.ValueNames;
import io.github.strait.argument.ValuePattern;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of values at a place of a call. */
final class PatternNames {
    private final Place place;
    private final ValueNames names;

    PatternNames(Place place, String call, Arch arch) {
        this.place = place;
        this.names = new ValueNames(call, arch);
    }

    /** The names at each position where not any value is meant. */
    List<String> positions(ValuePattern pattern) {
        List<String> positions = new ArrayList<>();
        Map<Integer, Long> others = new HashMap<>();
        for (int i = 0; i < pattern.sets().size(); i++) {
            ImmutableSortedSet<Long> set = pattern.sets().get(i);
            int register = place.registers().get(i);
            List<String> each = new ArrayList<>();
            for (long value : set) {
                each.add(names.of(register, value, others));
            }
            if (!set.isEmpty()) {
                positions.add(String.join(", ", each));
                others.put(register, set.first());
            }
        }
        return positions;
    }

    /** Words for values; where they begin with a number, with the place where it stands. */
    String placed(String values) {
        return values.isEmpty() || !Character.isDigit(values.charAt(0)) ? values : place.words() + " = " + values;
    }

    /** The names of bits of the last value. */
    List<String> bits(long bits) {
        return names.bits(place.registers().get(place.registers().size() - 1), bits);
    }
}
