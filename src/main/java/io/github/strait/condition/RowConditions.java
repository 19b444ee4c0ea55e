package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.argument.Place;
import io.github.strait.argument.ValueGroup;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one row of the catalogue makes of the values of a call.
 *
 * @param cubes their union is let through
 * @param parts at most how many cubes more evidence of the same values could need: unlike the number of cubes, it does not fall
 *     when more is seen
 * @param openings why
 * @param obstacle why the row says nothing; null when it does
 */
record RowConditions(
        ImmutableList<Cube> cubes,
        int parts,
        ImmutableList<Opening> openings,
        @Nullable Obstacle obstacle) {
    /**
     * The bits of the low half. Filters look at nothing above: no value in the catalogue is there, what a program leaves in
     * the upper half of an int is not its intention, and the kernel refuses such values of its longs by itself.
     */
    static final long LOW = 0xffffffffL;

    static RowConditions of(CatalogueRow row, CallEvidence evidence) {
        Place place = row.place();
        TreeMap<ArgumentTuple, Optional<Sighting>> values = new TreeMap<>();
        ImmutableSet<ArgumentTuple> needed = evidence.needed().get(place.toString());
        if (needed == null && evidence.isOfRuntime()) {
            return without(Obstacle.of(Obstacle.Kind.RUNTIME, place));
        }
        if (needed != null) {
            for (ArgumentTuple tuple : needed) {
                values.put(tuple, Optional.empty());
            }
        }
        if (evidence.siblings().isPresent()) {
            Map<ArgumentTuple, Sighting> known = evidence.siblings().get().get(place.toString());
            if (known == null) {
                return without(Obstacle.of(Obstacle.Kind.SIBLINGS, place));
            }
            for (Map.Entry<ArgumentTuple, Sighting> each : known.entrySet()) {
                values.put(each.getKey(), Optional.of(each.getValue()));
            }
        }
        if (evidence.seen().isPresent()) {
            Obstacle obstacle = addSeen(evidence.seen().get(), place, values);
            if (obstacle != null) {
                return without(obstacle);
            }
        } else if (needed == null && evidence.siblings().isEmpty() && !isKnownOfLayers(row)) {
            return without(Obstacle.named(Obstacle.Kind.LAYER, evidence.layer()));
        }
        RowConditions conditions = switch (row.kind()) {
            case VALUES, SOCKET, SOCKOPT -> new GroupedValues(row, values, evidence.isInetOpen()).conditions();
            case FORBID, SUBSET, WX, NULL, CREAT -> new BitRule(row, values).conditions();
            case REFUSE -> throw new IllegalArgumentException(row.call() + " is refused, not compared");
        };
        if (conditions.cubes.isEmpty()) {
            return without(Obstacle.named(Obstacle.Kind.LAYER, evidence.layer()));
        }
        return row.kind() == Kind.VALUES && row.forbidden() != 0
                ? conditions.and(new BitRule(row, values).unforbidden())
                : conditions;
    }

    /** Whether it is known what layers need: what is always open, and none of the bits that a row forbids. */
    private static boolean isKnownOfLayers(CatalogueRow row) {
        if (row.kind() != Kind.VALUES && row.kind() != Kind.SOCKET && row.kind() != Kind.SOCKOPT) {
            return true;
        }
        for (ValueGroup group : row.groups()) {
            if (group.isBase()) {
                return true;
            }
        }
        return false;
    }

    /** Adds the values that were seen; what keeps them from being known, or null. */
    private static @Nullable Obstacle addSeen(
            SyscallObservation call, Place place, Map<ArgumentTuple, Optional<Sighting>> values) {
        ArgumentValues seen = call.arguments().get(place.toString());
        if (seen == null) {
            return Obstacle.unknown(place, call.count(), Optional.of(call.first()));
        }
        if (seen.more()) {
            return Obstacle.of(Obstacle.Kind.VALUES, place);
        }
        if (seen.unknown() > 0) {
            return Obstacle.unknown(place, seen.unknown(), seen.unknownAt());
        }
        for (Map.Entry<ArgumentTuple, Sighting> each : seen.seen().entrySet()) {
            values.put(each.getKey(), Optional.of(each.getValue()));
        }
        return null;
    }

    /** What both let through. */
    private RowConditions and(RowConditions other) {
        return new RowConditions(
                ImmutableList.copyOf(Cube.both(cubes, other.cubes)),
                parts * other.parts,
                ImmutableList.<Opening>builder()
                        .addAll(openings)
                        .addAll(other.openings)
                        .build(),
                null);
    }

    private static RowConditions without(Obstacle obstacle) {
        return new RowConditions(ImmutableList.of(), 0, ImmutableList.of(), obstacle);
    }
}
