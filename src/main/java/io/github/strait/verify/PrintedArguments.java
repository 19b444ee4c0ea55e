package io.github.strait.verify;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registers of a call, from the arguments that strace printed. */
final class PrintedArguments {
    private static final Splitter SPACE = Splitter.on(' ');
    private static final Splitter COMMA = Splitter.on(',');
    private static final Pattern NAMED = Pattern.compile("[a-z_]+=");
    private static final ImmutableListMultimap<String, Layout> LAYOUTS = read();

    /** Where the arguments of a call on some ABIs are: by place in the text, and by name. */
    private record Layout(String abis, ImmutableList<Integer> places, Map<String, Integer> names) {
        boolean fits(Arch arch) {
            return switch (abis) {
                case "all" -> true;
                case "32" -> arch.pointerBits() == 32;
                case "64" -> arch.pointerBits() == 64;
                default -> COMMA.splitToStream(abis).anyMatch(arch.label()::equals);
            };
        }
    }

    private PrintedArguments() {}

    /**
     * The six registers in every way that they may have been, at least one; empty where the text does not say.
     *
     * @param name libseccomp's
     */
    static ImmutableSet<List<OptionalLong>> registers(Arch arch, String name, List<String> texts) {
        List<Set<OptionalLong>> each =
                new ArrayList<>(Collections.nCopies(Condition.ARGUMENTS, ImmutableSet.of(OptionalLong.empty())));
        Optional<Layout> layout =
                LAYOUTS.get(name).stream().filter(row -> row.fits(arch)).findFirst();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            int register = register(layout, i, text);
            ImmutableSet<Long> values = PrintedNumber.registers(text.substring(nameLength(text)), arch);
            if (register >= 0 && !values.isEmpty()) {
                each.set(register, values.stream().map(OptionalLong::of).collect(ImmutableSet.toImmutableSet()));
            }
        }
        return ImmutableSet.copyOf(Sets.cartesianProduct(Lists.transform(each, ImmutableSet::copyOf)));
    }

    /** -1 when the text does not tell. */
    private static int register(Optional<Layout> layout, int place, String text) {
        if (layout.isEmpty()) {
            return place < Condition.ARGUMENTS ? place : -1;
        }
        Layout row = layout.get();
        int length = nameLength(text);
        if (length > 0) {
            return row.names.getOrDefault(text.substring(0, length - 1), -1);
        }
        return place < row.places.size() ? row.places.get(place) : -1;
    }

    /** The length of the {@code NAME=} that stands first. */
    private static int nameLength(String text) {
        Matcher named = NAMED.matcher(text);
        return named.lookingAt() ? named.end() : 0;
    }

    private static ImmutableListMultimap<String, Layout> read() {
        ImmutableListMultimap.Builder<String, Layout> rows = ImmutableListMultimap.builder();
        for (List<String> row : PrintedNumber.rows("printed-arguments.tsv")) {
            List<Integer> places = new ArrayList<>();
            Map<String, Integer> names = new HashMap<>();
            for (String register : SPACE.split(row.get(2))) {
                int colon = register.indexOf(':');
                if (colon > 0) {
                    names.put(register.substring(0, colon), Integer.valueOf(register.substring(colon + 1)));
                } else if (!register.equals("-")) {
                    places.add(Integer.valueOf(register));
                }
            }
            rows.put(row.get(0), new Layout(row.get(1), ImmutableList.copyOf(places), Map.copyOf(names)));
        }
        return rows.build();
    }
}
