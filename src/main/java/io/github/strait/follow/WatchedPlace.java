package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.PrintedArguments;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.StraceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A place of the {@link Catalogue}, and which of the printed arguments show it. The ABI of a call is known only at the end,
 * so a name has the places that it has on any.
 */
final class WatchedPlace {
    private static final String OPEN = "/*";
    private static final String CLOSE = "*/";

    /** A longer text is not a number. */
    private static final int LENGTH = 512;

    private static final String FLAGS = "{flags=";
    /** Stands for any address but NULL. */
    private static final String ADDRESS = "0x1";

    private final Place place;
    private final ImmutableSet<Integer> indexes;
    private final ImmutableSet<String> names;
    private final int last;
    private final int end;

    /** @param end the index behind the arguments that count of the call, which is all that a scan compares */
    private WatchedPlace(Place place, ImmutableSet<String> names, int end) {
        this.place = place;
        this.indexes = place.isMemory() ? ImmutableSet.of(0) : ImmutableSet.copyOf(place.registers());
        this.names = names;
        this.last = indexes.asList().get(indexes.size() - 1);
        this.end = names.isEmpty() ? last + 1 : end;
    }

    /** The places of the calls that a name or number may stand for; none for most. */
    static ImmutableList<WatchedPlace> of(String printed) {
        Map<String, WatchedPlace> places = new LinkedHashMap<>();
        if (PrintedName.isNumber(printed)) {
            for (Arch arch : Arch.values()) {
                StraceName.ofNumberSpelling(printed, arch).ifPresent(name -> add(name, places));
            }
        } else {
            add(printed, places);
        }
        return ImmutableList.copyOf(places.values());
    }

    private static void add(String call, Map<String, WatchedPlace> places) {
        ImmutableSet<Place> all = Catalogue.places(call);
        int end = 0;
        for (Place place : all) {
            for (int register : place.registers()) {
                end = Math.max(end, register + 1);
            }
        }
        for (Place place : all) {
            if (!places.containsKey(place.toString()) && places.size() < ArgumentCounts.PLACES) {
                places.put(place.toString(), new WatchedPlace(place, PrintedArguments.names(call, place), end));
            }
        }
    }

    /** Whether the values there are those of this place. */
    boolean isAt(Place other) {
        return place.registers().equals(other.registers());
    }

    /** Whether nothing counts after the first comma of its argument. */
    boolean isHead() {
        return place.isMemory();
    }

    /** The index of the first printed argument that belongs to it. */
    int first() {
        return indexes.asList().get(0);
    }

    /** The index of the last printed argument that belongs to it. */
    int last() {
        return last;
    }

    /**
     * Its printed arguments, each at its index, and empty texts at those of others. Empty where none is shown.
     *
     * @param text the text of each argument
     * @param size how many of the arguments count
     */
    ImmutableList<String> texts(IntFunction<String> text, int size) {
        List<String> texts = new ArrayList<>(last + 1);
        boolean isShown = false;
        for (int i = 0; i < size && i < end; i++) {
            String kept = kept(i, text.apply(i));
            isShown |= !kept.isEmpty();
            texts.add(kept);
        }
        return isShown ? ImmutableList.copyOf(texts) : ImmutableList.of();
    }

    private String kept(int index, String text) {
        int name = PrintedArguments.nameLength(text);
        boolean isWanted =
                name > 0 && !names.isEmpty() ? names.contains(text.substring(0, name - 1)) : indexes.contains(index);
        if (!isWanted || text.isEmpty()) {
            return "";
        }
        if (place.isPointer()) {
            boolean isAddress = "{[\"".indexOf(text.charAt(0)) >= 0 || (text.startsWith("0x") && !text.equals("0x0"));
            return isAddress ? ADDRESS : shortened(text);
        }
        return shortened(place.isMemory() ? flags(text) : text);
    }

    /** Without comments, which repeat what the number says. */
    private static String shortened(String text) {
        String bare = text;
        int open = bare.indexOf(OPEN);
        while (open >= 0) {
            int close = bare.indexOf(CLOSE, open + OPEN.length());
            if (close < 0) {
                break;
            }
            bare = bare.substring(0, open) + bare.substring(close + CLOSE.length());
            open = bare.indexOf(OPEN, open);
        }
        bare = text.indexOf('*') < 0 ? text : bare.strip();
        return bare.length() <= LENGTH ? bare : "";
    }

    /** What the flags in memory are, without the addresses after them. */
    private static String flags(String text) {
        if (!text.startsWith(FLAGS)) {
            return "";
        }
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma) + "}";
    }
}
