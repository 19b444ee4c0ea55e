package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.PrintedArguments;
import io.github.strait.observation.ArgumentSum;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.CallName;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns the texts of arguments into values, once the ABI is known. The same texts come again and again. */
final class TupleReader {
    /** The texts of one place of a call on one ABI, and their values so far. */
    private record Texts(Place place, Map<ImmutableList<String>, Optional<ArgumentTuple>> tuples) {}

    private final Map<Arch, Map<String, ImmutableList<Texts>>> known = new HashMap<>();

    /** The evidence for the calls of a tally, with what they show of their arguments. */
    SyscallObservation read(SyscallObservation seen, Tally tally, CallName name, Arch arch) {
        if (!Multiplexer.subcalls(name.name()).isEmpty()) {
            return Subcalls.with(seen, name.name(), tally.printed.meaning());
        }
        ArgumentCounts counts = tally.arguments();
        // which call an ambiguous one is, and so what its registers hold, is not known
        if (counts == null || !name.alternatives().isEmpty()) {
            return seen;
        }
        Map<String, ArgumentValues> values = new TreeMap<>();
        for (Texts texts : texts(name.name(), arch)) {
            int index = index(tally.printed, texts.place);
            if (index >= 0) {
                values.put(texts.place.toString(), values(seen, counts, index, texts, name.name(), arch));
            }
        }
        return values.isEmpty() ? seen : seen.with(values);
    }

    private ImmutableList<Texts> texts(String name, Arch arch) {
        Map<String, ImmutableList<Texts>> ofArch = known.computeIfAbsent(arch, key -> new HashMap<>());
        ImmutableList<Texts> texts = ofArch.get(name);
        if (texts == null) {
            ImmutableList.Builder<Texts> made = ImmutableList.builder();
            for (Place place : Catalogue.places(name, arch)) {
                made.add(new Texts(place, new HashMap<>()));
            }
            texts = made.build();
            ofArch.put(name, texts);
        }
        return texts;
    }

    private static int index(PrintedName printed, Place place) {
        for (int i = 0; i < printed.places().size(); i++) {
            if (printed.places().get(i).isAt(place)) {
                return i;
            }
        }
        return -1;
    }

    private static ArgumentValues values(
            SyscallObservation seen, ArgumentCounts counts, int index, Texts texts, String name, Arch arch) {
        if (counts.isMore(index)) {
            return ArgumentValues.MORE;
        }
        ArgumentSum sum = new ArgumentSum();
        long left = seen.count();
        for (ArgumentCounts.Cell cell = counts.cells(); cell != null; cell = cell.next()) {
            if (cell.shown().place() == index) {
                Sighting sighting = cell.sighting();
                left -= sighting.count();
                Optional<ArgumentTuple> tuple = tuple(cell.shown().texts(), texts, name, arch);
                if (tuple.isPresent()) {
                    sum.add(tuple.get(), sighting);
                } else {
                    sum.addUnknown(sighting.count(), sighting.first());
                }
            }
        }
        // a table counts calls without arguments
        if (left > 0) {
            sum.addUnknown(left, seen.first());
        }
        return sum.total();
    }

    private static Optional<ArgumentTuple> tuple(ImmutableList<String> shown, Texts texts, String name, Arch arch) {
        Optional<ArgumentTuple> known = texts.tuples.get(shown);
        if (known == null) {
            Optional<ImmutableList<Long>> values = PrintedArguments.values(arch, name, shown, texts.place);
            known = values.isPresent() ? Optional.of(new ArgumentTuple(values.get())) : Optional.empty();
            texts.tuples.put(shown, known);
        }
        return known;
    }
}
