package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.json.JsonWriter;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The value of {@code "completeness"} in a run of an observation: {@code {"whole": true, "tasks": 3}}, or a sign for each
 * {@link Omission}, with how often it shows and the first places.
 */
final class CompletenessJson {
    static final String KEY = "completeness";

    private static final List<String> KEYS = List.of("whole", "tasks", "missing", "warnings");
    private static final List<String> SIGN_KEYS = List.of("count", "first");
    private static final List<String> PLACE_KEYS = List.of("at", "what");
    private static final List<String> WARNING_KEYS = List.of("code", "at", "message");

    private CompletenessJson() {}

    static void write(Completeness known, JsonWriter json) {
        if (known.isWhole() && known.warnings().isEmpty()) {
            json.onOneLine();
        }
        json.object(KEY);
        json.field("whole", known.isWhole());
        json.field("tasks", known.tasks());
        if (!known.isWhole()) {
            json.object("missing");
            for (Map.Entry<Omission, Sign> entry : known.signs().entrySet()) {
                json.onOneLine().object(entry.getKey().label());
                write(entry.getValue(), json);
                json.end();
            }
            json.end();
        }
        if (!known.warnings().isEmpty()) {
            json.array("warnings");
            for (Diagnostic warning : known.warnings()) {
                json.onOneLine().object();
                write(warning, json);
                json.end();
            }
            json.end();
        }
        json.end();
    }

    private static void write(Sign sign, JsonWriter json) {
        json.field("count", sign.count());
        json.array("first");
        for (Place place : sign.first()) {
            json.object();
            json.field("at", place.at().toString());
            if (!place.what().isEmpty()) {
                json.field("what", place.what());
            }
            json.end();
        }
        json.end();
    }

    private static void write(Diagnostic warning, JsonWriter json) {
        json.field("code", warning.code());
        if (warning.position() != null) {
            json.field("at", warning.position().toString());
        }
        json.field("message", warning.message());
    }

    /**
     * Reads such a value.
     *
     * @param unknown called for keys that this version does not know
     */
    static Completeness read(ObservationNode at, Consumer<ObservationNode> unknown) {
        at.expect(KEYS, unknown);
        TreeMap<Omission, Sign> signs = new TreeMap<>();
        if (at.has("missing")) {
            for (ObservationNode each : at.get("missing").properties()) {
                Omission omission = Omission.find(each.key()).orElse(null);
                if (omission == null) {
                    unknown.accept(each);
                } else {
                    signs.put(omission, sign(each, unknown));
                }
            }
        }
        boolean whole = at.get("whole").flag();
        if (whole == at.has("missing")) {
            throw at.get("whole").fault("says " + whole + ", but \"missing\" contradicts it");
        }
        List<Diagnostic> warnings = new ArrayList<>();
        if (at.has("warnings")) {
            at.get("warnings").elements().forEach(each -> warnings.add(warning(each, unknown)));
        }
        if (warnings.size() > Completeness.WARNINGS) {
            throw at.get("warnings").fault("lists more than " + Completeness.WARNINGS + " warnings");
        }
        return new Completeness(
                at.get("tasks").count(), ImmutableSortedMap.copyOf(signs), ImmutableList.copyOf(warnings));
    }

    private static Sign sign(ObservationNode at, Consumer<ObservationNode> unknown) {
        at.expect(SIGN_KEYS, unknown);
        List<Place> places = new ArrayList<>();
        for (ObservationNode place : at.get("first").elements()) {
            place.expect(PLACE_KEYS, unknown);
            places.add(new Place(
                    CallReader.position(place.get("at")),
                    place.has("what") ? place.get("what").text() : ""));
        }
        long count = at.get("count").count();
        if (places.isEmpty() || places.size() > Sign.PLACES || places.size() > count) {
            throw at.fault("has no places, or more than it counts");
        }
        return Sign.of(count, places);
    }

    private static Diagnostic warning(ObservationNode at, Consumer<ObservationNode> unknown) {
        at.expect(WARNING_KEYS, unknown);
        ObservationNode code = at.get("code");
        if (!code.text().matches("[a-z][a-z-]{0,39}")) {
            throw code.fault("is not the code of a warning");
        }
        return Diagnostic.warning(
                code.text(),
                at.has("at") ? CallReader.position(at.get("at")) : null,
                at.get("message").text());
    }
}
