package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The value of {@code "arguments"} in a call of an observation: {@code [{"at": "0 1 2", "seen": [["2 1 6", 5, "F:L"]],
 * "unknown": 3, "unknownAt": "F:L"}]}, or {@code {"at": "0", "more": true}}. In {@link SharedRows} it has no positions.
 */
final class ArgumentsJson {
    static final String KEY = "arguments";

    private static final String AT = "at";
    private static final String SEEN = "seen";
    private static final String UNKNOWN = "unknown";
    private static final String UNKNOWN_AT = "unknownAt";
    private static final String MORE = "more";
    private static final List<String> KEYS = List.of(AT, SEEN, UNKNOWN, UNKNOWN_AT, MORE);
    private static final List<String> ROW_KEYS = List.of(AT, SEEN, UNKNOWN, MORE);

    private ArgumentsJson() {}

    /** @param positions whether they are written */
    static void write(Map<String, ArgumentValues> arguments, boolean positions, JsonWriter json) {
        if (arguments.isEmpty()) {
            return;
        }
        json.onOneLine().array(KEY);
        for (Map.Entry<String, ArgumentValues> place : arguments.entrySet()) {
            json.object();
            json.field(AT, place.getKey());
            write(place.getValue(), positions, json);
            json.end();
        }
        json.end();
    }

    private static void write(ArgumentValues values, boolean positions, JsonWriter json) {
        if (values.more()) {
            json.field(MORE, true);
            return;
        }
        json.array(SEEN);
        for (Map.Entry<ArgumentTuple, Sighting> seen : values.seen().entrySet()) {
            json.array();
            json.value(seen.getKey().toString());
            json.value(seen.getValue().count());
            if (positions) {
                json.value(seen.getValue().first().toString());
            }
            json.end();
        }
        json.end();
        if (values.unknown() > 0) {
            json.field(UNKNOWN, values.unknown());
            if (positions && values.unknownAt().isPresent()) {
                json.field(UNKNOWN_AT, values.unknownAt().get().toString());
            }
        }
    }

    /** Reads the arguments of one call, and refuses what no trace can show. */
    static final class Reader {
        private final ObservationNode call;
        private final String name;
        private final Arch arch;
        private final boolean positions;
        private final Consumer<ObservationNode> unknown;

        /**
         * @param name libseccomp's name of the call
         * @param positions whether they are there
         * @param unknown called for keys that this version does not know
         */
        Reader(ObservationNode call, String name, Arch arch, boolean positions, Consumer<ObservationNode> unknown) {
            this.call = call;
            this.name = name;
            this.arch = arch;
            this.positions = positions;
            this.unknown = unknown;
        }

        /** @param count how many calls there are */
        ImmutableSortedMap<String, ArgumentValues> read(long count) {
            if (!call.has(KEY)) {
                return ImmutableSortedMap.of();
            }
            TreeMap<String, ArgumentValues> places = new TreeMap<>();
            for (ObservationNode each : call.get(KEY).elements()) {
                each.expect(positions ? KEYS : ROW_KEYS, unknown);
                String at = each.get(AT).text();
                if (!Place.isSpelling(at)) {
                    throw each.get(AT).fault("is not a place of arguments: " + ObservationNode.shown(at));
                }
                if (places.put(at, values(each, at, count)) != null) {
                    throw each.get(AT).fault("is that of another place above");
                }
            }
            return ImmutableSortedMap.copyOfSorted(places);
        }

        private ArgumentValues values(ObservationNode place, String at, long count) {
            boolean more = place.has(MORE) && place.get(MORE).flag();
            if (more) {
                if (place.has(SEEN) || place.has(UNKNOWN)) {
                    throw place.fault("says more than \"" + MORE + "\"");
                }
                return ArgumentValues.MORE;
            }
            TreeMap<ArgumentTuple, Sighting> seen = new TreeMap<>();
            for (ObservationNode each : place.get(SEEN).elements()) {
                List<ObservationNode> parts = each.elements();
                if (parts.size() != (positions ? 3 : 2)) {
                    throw each.fault("has " + parts.size() + " parts");
                }
                ArgumentTuple tuple = tuple(parts.get(0), at);
                SourcePosition first = positions ? CallReader.position(parts.get(2)) : SharedRows.NOWHERE;
                if (seen.put(tuple, new Sighting(CallReader.positive(parts.get(1)), first)) != null) {
                    throw parts.get(0).fault("is listed twice: '" + tuple + "'");
                }
            }
            if (seen.isEmpty()) {
                throw place.get(SEEN).fault("is empty");
            }
            if (seen.size() > ArgumentValues.LIMIT) {
                throw place.get(SEEN).fault("lists more than " + ArgumentValues.LIMIT + " values");
            }
            ArgumentValues values = unknown(place, ImmutableSortedMap.copyOfSorted(seen));
            if (values.count() != count) {
                throw place.fault("adds up to " + values.count() + ", and the call has \"count\" " + count);
            }
            return values;
        }

        private ArgumentValues unknown(ObservationNode place, ImmutableSortedMap<ArgumentTuple, Sighting> seen) {
            if (!place.has(UNKNOWN)) {
                if (place.has(UNKNOWN_AT)) {
                    throw place.get(UNKNOWN_AT).fault("is the place of nothing");
                }
                return new ArgumentValues(seen, 0, Optional.empty(), false);
            }
            SourcePosition first = positions ? CallReader.position(place.get(UNKNOWN_AT)) : SharedRows.NOWHERE;
            return new ArgumentValues(seen, CallReader.positive(place.get(UNKNOWN)), Optional.of(first), false);
        }

        /** The values fit what the kernel reads there, if this version knows the place; another one may know more. */
        private ArgumentTuple tuple(ObservationNode at, String spelling) {
            ArgumentTuple tuple = ArgumentTuple.parse(at.text())
                    .orElseThrow(() -> at.fault("is not a list of values: " + ObservationNode.shown(at.text())));
            for (Place place : Catalogue.places(name, arch)) {
                if (place.toString().equals(spelling)) {
                    boolean fits = tuple.values().size() == place.size();
                    for (long value : tuple.values()) {
                        fits &= place.cut(value) == value;
                    }
                    if (!fits) {
                        throw at.fault("does not fit '" + spelling + "': '" + tuple + "'");
                    }
                }
            }
            return tuple;
        }
    }
}
