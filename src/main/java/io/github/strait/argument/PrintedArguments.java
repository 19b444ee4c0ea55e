package io.github.strait.argument;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The known parts of a call's registers, from the arguments that strace printed. Most starts ask, hence no streams here. */
public final class PrintedArguments {
    private static final String FLAGS = "{flags=";
    /** The bytes of clone3's first structure, CLONE_ARGS_SIZE_VER0. */
    private static final long SHORTEST = 64;

    private static final String CREATE = "O_CREAT|__O_TMPFILE";
    private static final ImmutableListMultimap<String, Order> LAYOUTS = read();

    /** Where the arguments of a call on some ABIs are: by place in the text, and by name. */
    private record Order(String abis, ImmutableList<Integer> places, Map<String, Integer> names) {}

    private PrintedArguments() {}

    /**
     * The known parts of the six registers.
     *
     * @param name libseccomp's
     */
    public static List<Argument> registers(Arch arch, String name, List<String> texts) {
        List<Argument> registers = new ArrayList<>(Argument.ALL_UNKNOWN);
        Optional<Order> layout = layout(arch, name, texts);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            int register = register(layout, i, text);
            if (register >= 0) {
                registers.set(register, PrintedNumber.argument(spelt(name, text.substring(nameLength(text))), arch));
            }
        }
        return registers;
    }

    /**
     * What the kernel reads at a place, in the order of its registers: each value cut to the bits that it reads, a pointer
     * 0 for NULL or else 1. Empty when the text does not say one of them. The low half of a register is as printed. Its
     * high half, where the kernel reads that too, is 0 unless strace printed a longer number: strace shows some of these
     * arguments as ints, so a condition must look at the low half alone.
     *
     * @param name libseccomp's
     */
    public static Optional<ImmutableList<Long>> values(Arch arch, String name, List<String> texts, Place place) {
        ImmutableList.Builder<Long> values = ImmutableList.builder();
        if (place.isMemory()) {
            OptionalLong flags = flags(texts, arch);
            flags.ifPresent(values::add);
            return flags.isPresent() ? Optional.of(values.build()) : Optional.empty();
        }
        for (int register : place.registers()) {
            Optional<String> text = text(arch, name, texts, register);
            OptionalLong value = text.isEmpty() ? OptionalLong.empty() : value(text.get(), arch, place);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.getAsLong());
            if (place.registers().indexOf(register) == 0 && isWithoutMode(name, place, value.getAsLong(), arch)) {
                return Optional.of(values.add(0L).build());
            }
        }
        return Optional.of(values.build());
    }

    /**
     * Whether a place has flags of open and the mode behind them, and the kernel reads no mode: strace then prints none, or
     * what happened to be there.
     */
    static boolean isWithoutMode(String name, Place place, long flags, Arch arch) {
        return name.startsWith("open") && place.size() == 2 && (flags & CatalogueValues.bits(CREATE, arch)) == 0;
    }

    /** The texts of a call where strace prints the texts of these registers; empty where a register has none. */
    static ImmutableList<String> texts(Arch arch, String name, IntFunction<String> registers) {
        Optional<Order> layout = layout(arch, name, List.of());
        List<String> texts = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < Argument.COUNT; i++) {
            int register = register(layout, i, "");
            texts.add(register < 0 ? "" : registers.apply(register));
            last = texts.get(i).isEmpty() ? last : i + 1;
        }
        return ImmutableList.copyOf(texts.subList(0, last));
    }

    private static OptionalLong value(String text, Arch arch, Place place) {
        if (place.isPointer()) {
            return isNull(text, place);
        }
        Argument argument = PrintedNumber.argument(text, arch);
        if (!argument.isLowKnown()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(place.cut(argument.value()));
    }

    /** 0 for NULL, 1 for another address or for what strace read there. */
    private static OptionalLong isNull(String text, Place place) {
        if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
            return OptionalLong.of(1);
        }
        OptionalLong address = text.equals("NULL") ? OptionalLong.of(0) : PrintedNumber.digits(text);
        return address.isEmpty() ? address : OptionalLong.of(place.cut(address.getAsLong()));
    }

    /** The flags in the memory that clone3 is pointed to, which strace prints first; none where the kernel reads nothing. */
    private static OptionalLong flags(List<String> texts, Arch arch) {
        if (texts.isEmpty()) {
            return OptionalLong.empty();
        }
        String text = texts.get(0).substring(nameLength(texts.get(0)));
        if (text.startsWith(FLAGS)) {
            int end = CharMatcher.anyOf(",}").indexIn(text);
            return end < 0 ? OptionalLong.empty() : PrintedNumber.value(text.substring(FLAGS.length(), end), arch);
        }
        boolean isShort = texts.size() > 1 && isTooShort(texts.get(1).substring(nameLength(texts.get(1))));
        return text.equals("NULL") || isShort ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** Whether the kernel refuses a structure of that size without a look at it. */
    private static boolean isTooShort(String size) {
        OptionalLong bytes = PrintedNumber.digits(size);
        return bytes.isPresent() && Long.compareUnsigned(bytes.getAsLong(), SHORTEST) < 0;
    }

    /** The names that strace gives the arguments at a place of a call, on the ABIs that have it; none for most calls. */
    public static ImmutableSet<String> names(String call, Place place) {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        if (!LAYOUTS.containsKey(call)) {
            return names.build();
        }
        for (Arch arch : Arch.values()) {
            Order layout = order(arch, call);
            if (layout != null
                    && !layout.names.isEmpty()
                    && Catalogue.places(call, arch).contains(place)) {
                for (Map.Entry<String, Integer> each : layout.names.entrySet()) {
                    if (place.registers().contains(each.getValue())) {
                        names.add(each.getKey());
                    }
                }
            }
        }
        return names.build();
    }

    /** The text that shows a register; empty when none does, or two do. */
    private static Optional<String> text(Arch arch, String name, List<String> texts, int wanted) {
        Optional<Order> layout = layout(arch, name, texts);
        Optional<String> found = Optional.empty();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (register(layout, i, text) == wanted) {
                if (found.isPresent()) {
                    return Optional.empty();
                }
                found = Optional.of(spelt(name, text.substring(nameLength(text))));
            }
        }
        return found;
    }

    /**
     * Where the arguments are. Where strace names them and these have no names, they are raw numbers in the order of the
     * registers.
     */
    private static Optional<Order> layout(Arch arch, String name, List<String> texts) {
        Order layout = order(arch, name);
        if (layout == null || layout.names.isEmpty()) {
            return Optional.ofNullable(layout);
        }
        for (String text : texts) {
            if (nameLength(text) > 0) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Order order(Arch arch, String name) {
        for (Order row : LAYOUTS.get(name)) {
            if (AbiSelector.selects(row.abis, arch)) {
                return row;
            }
        }
        return null;
    }

    /** The register of an argument; -1 when the text does not show it. */
    private static int register(Optional<Order> layout, int place, String text) {
        if (layout.isEmpty()) {
            return place < Argument.COUNT ? place : -1;
        }
        Order row = layout.get();
        int length = nameLength(text);
        if (length > 0 && !row.names.isEmpty()) {
            return row.names.getOrDefault(text.substring(0, length - 1), -1);
        }
        return place < row.places.size() ? row.places.get(place) : -1;
    }

    /** strace 4.10 prints the two parts of quotactl's command as if they were flags: {@code Q_SYNC|USRQUOTA}. */
    private static String spelt(String name, String text) {
        int bar = name.equals("quotactl") && !text.contains("QCMD(") ? text.lastIndexOf('|') : -1;
        return bar < 0 ? text : "QCMD(" + text.substring(0, bar) + ", " + text.substring(bar + 1) + ")";
    }

    /** The length of the {@code NAME=} that a printed argument begins with; 0 without one. */
    public static int nameLength(String text) {
        int p = 0;
        while (p < text.length() && (Ascii.isLowerCase(text.charAt(p)) || text.charAt(p) == '_')) {
            p++;
        }
        return p > 0 && p < text.length() && text.charAt(p) == '=' ? p + 1 : 0;
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
