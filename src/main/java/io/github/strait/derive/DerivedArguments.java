package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.ValueNames;
import io.github.strait.derive.DerivedCalls.Origin;
import io.github.strait.derive.DerivedCalls.Way;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The values of arguments on an ABI without evidence: those of the evidence's ABI, by name and never by number, for numbers,
 * and the registers that hold them, differ. A value without a name leaves its place unknown.
 */
final class DerivedArguments {
    private static final String NOTHING_SPECIAL = "none";
    private static final String CLONE3 = "clone3";
    private static final String SAME = "same";

    private final DerivedLayer layer;

    DerivedArguments(DerivedLayer layer) {
        this.layer = layer;
    }

    /** The values of a call by place, without places where they are not known. */
    ImmutableMap<String, ImmutableSortedMap<ArgumentTuple, Sighting>> of(String name) {
        ImmutableMap.Builder<String, ImmutableSortedMap<ArgumentTuple, Sighting>> values = ImmutableMap.builder();
        List<Place> places = Catalogue.places(name, layer.target()).asList();
        for (int i = 0; i < places.size(); i++) {
            TreeMap<ArgumentTuple, Sighting> known = new TreeMap<>();
            boolean isKnown = true;
            for (Origin origin : layer.origins(name)) {
                isKnown &= add(name, origin, i, known);
            }
            if (isKnown) {
                values.put(places.get(i).toString(), ImmutableSortedMap.copyOfSorted(known));
            }
        }
        return values.buildKeepingLast();
    }

    /** What one call of the evidence has at the places of a call, where all of it is known. */
    Map<String, ArgumentValues> of(String name, Origin origin) {
        SyscallObservation seen = layer.seen().get(origin.call());
        Map<String, ArgumentValues> values = new TreeMap<>();
        List<Place> places = Catalogue.places(name, layer.target()).asList();
        for (int i = 0; i < places.size(); i++) {
            TreeMap<ArgumentTuple, Sighting> known = new TreeMap<>();
            if (seen != null && need(name, origin).equals(SAME) && addSame(name, origin.call(), seen, i, known)) {
                values.put(
                        places.get(i).toString(),
                        new ArgumentValues(ImmutableSortedMap.copyOfSorted(known), 0, Optional.empty(), false));
            }
        }
        return values;
    }

    /** Whether clone can stand in for the clone3 of the evidence, where it shows any. */
    boolean isCloneThreePlain() {
        SyscallObservation clone3 = layer.seen().get(CLONE3);
        return clone3 == null || CloneFlags.arePlain(clone3, layer.source());
    }

    /** Adds what one call of the evidence asks for at a place; whether that is known. */
    private boolean add(String name, Origin origin, int place, Map<ArgumentTuple, Sighting> known) {
        SyscallObservation seen = layer.seen().get(origin.call());
        String need = need(name, origin);
        if (seen == null) {
            return false;
        } else if (need.equals(NOTHING_SPECIAL)) {
            return !origin.call().equals(CLONE3) || isCloneThreePlain();
        }
        return need.equals(SAME) && addSame(name, origin.call(), seen, place, known);
    }

    /** {@code same}, {@code none} for nothing special, or anything else for what is not known. */
    private static String need(String name, Origin origin) {
        return origin.way() == Way.SAME ? SAME : Siblings.needs(name).getOrDefault(origin.call(), "");
    }

    private boolean addSame(
            String name, String observed, SyscallObservation seen, int place, Map<ArgumentTuple, Sighting> known) {
        List<Place> from = Catalogue.places(observed, layer.source()).asList();
        List<Place> to = Catalogue.places(name, layer.target()).asList();
        ArgumentValues values =
                place < from.size() ? seen.arguments().get(from.get(place).toString()) : null;
        if (values == null
                || values.more()
                || values.unknown() > 0
                || from.get(place).size() != to.get(place).size()) {
            return false;
        }
        for (Map.Entry<ArgumentTuple, Sighting> each : values.seen().entrySet()) {
            Optional<ArgumentTuple> there = there(observed, from.get(place), each.getKey());
            if (there.isEmpty()) {
                return false;
            }
            known.merge(there.get(), each.getValue(), Sighting::plus);
        }
        return true;
    }

    /** The tuple by its names on the target; empty when one of its values has no name, or none there. */
    private Optional<ArgumentTuple> there(String call, Place place, ArgumentTuple tuple) {
        if (place.isMemory()) {
            return Optional.of(tuple); // of struct clone_args, which is the same on every ABI
        }
        Map<Integer, Long> others = new HashMap<>();
        for (int i = 0; i < tuple.values().size(); i++) {
            others.put(place.registers().get(i), tuple.values().get(i));
        }
        ImmutableList.Builder<Long> values = ImmutableList.builder();
        for (int i = 0; i < tuple.values().size(); i++) {
            OptionalLong value =
                    there(call, place.registers().get(i), tuple.values().get(i), others);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.getAsLong());
        }
        return Optional.of(new ArgumentTuple(values.build()));
    }

    /** Zero has no bits and no name, and is the same everywhere. */
    private OptionalLong there(String call, int register, long value, Map<Integer, Long> others) {
        if (value == 0) {
            return OptionalLong.of(0);
        }
        String words = new ValueNames(call, layer.source()).of(register, value, others);
        if (Character.isDigit(words.charAt(0)) || words.contains("|0")) {
            return OptionalLong.empty();
        }
        Optional<ImmutableList<Long>> number = Catalogue.tuple(words, layer.target());
        return number.isPresent()
                ? OptionalLong.of(Objects.requireNonNull(number.get().get(0)))
                : OptionalLong.empty();
    }
}
