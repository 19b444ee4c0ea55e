package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that a call needs where the layer of siblings lets it stand in for observed ones. They count although the call
 * was observed itself: more evidence must not take them away.
 */
final class SiblingArguments {
    private static final String NOTHING_SPECIAL = "none";
    private static final String SAME = "same";

    private final Map<String, ImmutableList<Reason>> reasons;
    private final Arch arch;
    private final Optional<Release> target;

    /**
     * @param reasons why calls are allowed on the ABI
     * @param target what the program is to run on; empty for any
     */
    SiblingArguments(Map<String, ImmutableList<Reason>> reasons, Arch arch, Optional<Release> target) {
        this.reasons = reasons;
        this.arch = arch;
        this.target = target;
    }

    /** The values by place, without places where they are not known; empty when no observed call has this sibling. */
    Optional<ImmutableMap<String, ImmutableSortedMap<ArgumentTuple, Sighting>>> of(String name) {
        ImmutableMap<String, String> needs = Siblings.needsOfLayer(name, target);
        boolean isNeeded = false;
        for (String observed : needs.keySet()) {
            isNeeded |= seen(observed) != null;
        }
        if (!isNeeded) {
            return Optional.empty();
        }
        ImmutableMap.Builder<String, ImmutableSortedMap<ArgumentTuple, Sighting>> values = ImmutableMap.builder();
        List<Place> places = Catalogue.places(name, arch).asList();
        for (int i = 0; i < places.size(); i++) {
            TreeMap<ArgumentTuple, Sighting> known = new TreeMap<>();
            boolean isKnown = true;
            for (Map.Entry<String, String> need : needs.entrySet()) {
                SyscallObservation seen = seen(need.getKey());
                isKnown &= seen == null || add(need, seen, places.get(i), i, known);
            }
            if (isKnown) {
                values.put(places.get(i).toString(), ImmutableSortedMap.copyOf(known));
            }
        }
        return Optional.of(values.buildOrThrow());
    }

    private @Nullable SyscallObservation seen(String name) {
        for (Reason reason : reasons.getOrDefault(name, ImmutableList.of())) {
            if (reason instanceof Reason.Observed observed) {
                return observed.seen();
            }
        }
        return null;
    }

    /**
     * Adds what the call needs for one observed call; whether that is known.
     *
     * @param number which of its places it is
     */
    private boolean add(
            Map.Entry<String, String> need,
            SyscallObservation seen,
            Place place,
            int number,
            Map<ArgumentTuple, Sighting> known) {
        return switch (need.getValue()) {
            case NOTHING_SPECIAL -> true;
            case SAME -> addSame(need.getKey(), seen, number, known);
            default -> addValue(need.getValue(), seen, place, known);
        };
    }

    private boolean addSame(String observed, SyscallObservation seen, int number, Map<ArgumentTuple, Sighting> known) {
        List<Place> places = Catalogue.places(observed, arch).asList();
        ArgumentValues values =
                number < places.size() ? seen.arguments().get(places.get(number).toString()) : null;
        if (values == null || values.more() || values.unknown() > 0) {
            return false;
        }
        for (Map.Entry<ArgumentTuple, Sighting> each : values.seen().entrySet()) {
            known.merge(each.getKey(), each.getValue(), Sighting::plus);
        }
        return true;
    }

    private boolean addValue(String words, SyscallObservation seen, Place place, Map<ArgumentTuple, Sighting> known) {
        for (String word : TableResource.words(words)) {
            if (word.startsWith(place + "=")) {
                long value = Catalogue.tuple(word.substring(word.indexOf('=') + 1), arch)
                        .orElseThrow()
                        .get(0);
                known.merge(ArgumentTuple.of(value), new Sighting(seen.count(), seen.first()), Sighting::plus);
                return true;
            }
        }
        return false;
    }
}
