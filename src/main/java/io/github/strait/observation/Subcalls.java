package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.syscall.Multiplexer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which calls a multiplexer made. The number of each is in its first register, so an observation keeps them as the values
 * of the place {@code 0}. Where the text may also mean the direct call, the number is that of the multiplexer, if it was
 * one.
 *
 * @param seen how often each was made, by name, and where first
 * @param unknown how many calls do not say which one they made
 */
public record Subcalls(ImmutableSortedMap<String, Sighting> seen, long unknown) {
    /** The place of the number, as observations write it. */
    public static final String PLACE = "0";

    private static final String CODE = "subcalls";

    /** The evidence of a call that strace printed so, with what the text says of a multiplexer. */
    public static SyscallObservation with(SyscallObservation call, String name, String printed) {
        if (!Multiplexer.subcalls(name).contains(printed)) {
            return call;
        }
        ArgumentTuple number = ArgumentTuple.of((long) Multiplexer.number(name, printed));
        Sighting all = new Sighting(call.count(), call.first());
        return call.with(
                Map.of(PLACE, new ArgumentValues(ImmutableSortedMap.of(number, all), 0, Optional.empty(), false)));
    }

    /** Those of a multiplexer; all are unknown for any other call. */
    public static Subcalls of(SyscallObservation call, String name) {
        TreeMap<String, Sighting> seen = new TreeMap<>();
        ArgumentValues values = call.arguments().get(PLACE);
        long known = 0;
        if (values != null) {
            for (Map.Entry<ArgumentTuple, Sighting> each : values.seen().entrySet()) {
                ImmutableList<Long> number = each.getKey().values();
                Optional<String> subcall =
                        number.size() == 1 ? Multiplexer.subcall(name, number.get(0)) : Optional.empty();
                if (subcall.isPresent()) {
                    seen.put(subcall.get(), each.getValue());
                    known += each.getValue().count();
                }
            }
        }
        return new Subcalls(ImmutableSortedMap.copyOfSorted(seen), call.count() - known);
    }

    /** Whether each call says which one it made. */
    public boolean areKnown() {
        return unknown == 0;
    }

    /** {@code socket 3, connect 2, unknown 1}: the most frequent first; empty where nothing is known. */
    public String words() {
        List<String> words = new ArrayList<>();
        seen.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Sighting>>comparingLong(
                                each -> -each.getValue().count())
                        .thenComparing(Map.Entry::getKey))
                .forEach(each -> words.add(each.getKey() + " " + each.getValue().count()));
        if (!words.isEmpty() && unknown > 0) {
            words.add("unknown " + unknown);
        }
        return String.join(", ", words);
    }

    /** A note for each multiplexer whose calls are known. */
    public static ImmutableList<Diagnostic> notes(Observation observation) {
        ImmutableList.Builder<Diagnostic> notes = ImmutableList.builder();
        observation
                .architectures()
                .forEach((arch, of) -> of.syscalls().forEach((name, call) -> {
                    String words = of(call, name).words();
                    if (!words.isEmpty()) {
                        notes.add(Diagnostic.note(
                                CODE, call.first(), name + " on " + arch.label() + " makes other calls: " + words));
                    }
                }));
        return notes.build();
    }
}
