package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The known parts of a call's registers, from the arguments that strace printed. */
public final class PrintedArguments {
    private static final Pattern NAMED = Pattern.compile("[a-z_]+=");
    private static final ImmutableListMultimap<String, Order> LAYOUTS = read();

    /** Where the arguments of a call on some ABIs are: by place in the text, and by name. */
    private record Order(String abis, ImmutableList<Integer> places, Map<String, Integer> names) {
        boolean fits(Arch arch) {
            return switch (abis) {
                case "all" -> true;
                case "32" -> arch.pointerBits() == 32;
                case "64" -> arch.pointerBits() == 64;
                default -> TableResource.items(abis).contains(arch.label());
            };
        }
    }

    private PrintedArguments() {}

    /**
     * The known parts of the six registers.
     *
     * @param name libseccomp's
     */
    public static List<Argument> registers(Arch arch, String name, List<String> texts) {
        List<Argument> registers = new ArrayList<>(Argument.ALL_UNKNOWN);
        Optional<Order> layout =
                LAYOUTS.get(name).stream().filter(row -> row.fits(arch)).findFirst();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            int register = register(layout, i, text);
            if (register >= 0) {
                registers.set(register, PrintedNumber.argument(text.substring(nameLength(text)), arch));
            }
        }
        return registers;
    }

    /** The register of an argument; -1 when the text does not show it. */
    private static int register(Optional<Order> layout, int place, String text) {
        if (layout.isEmpty()) {
            return place < Argument.COUNT ? place : -1;
        }
        Order row = layout.get();
        int length = nameLength(text);
        if (length > 0) {
            return row.names.getOrDefault(text.substring(0, length - 1), -1);
        }
        return place < row.places.size() ? row.places.get(place) : -1;
    }

    /** The length of the {@code NAME=} that a printed argument begins with; 0 without one. */
    public static int nameLength(String text) {
        Matcher named = NAMED.matcher(text);
        return named.lookingAt() ? named.end() : 0;
    }

    private static ImmutableListMultimap<String, Order> read() {
        ImmutableListMultimap.Builder<String, Order> rows = ImmutableListMultimap.builder();
        for (List<String> row : TableResource.read(PrintedArguments.class, "printed-arguments.tsv")
                .rows()) {
            List<Integer> places = new ArrayList<>();
            Map<String, Integer> names = new HashMap<>();
            for (String register : TableResource.words(row.get(2))) {
                int colon = register.indexOf(':');
                if (colon > 0) {
                    names.put(register.substring(0, colon), Integer.valueOf(register.substring(colon + 1)));
                } else {
                    places.add(Integer.valueOf(register));
                }
            }
            rows.put(row.get(0), new Order(row.get(1), ImmutableList.copyOf(places), Map.copyOf(names)));
        }
        return rows.build();
    }
}
