package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.json.JsonWriter;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Recording.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The value of {@code "recording"} in a run of an observation, which is also the object in the header of a trace. */
final class RecordingJson {
    static final String KEY = "recording";

    private static final String KIND = "kind";
    private static final String COMMAND = "command";
    private static final String NO_NEW_PRIVS = "noNewPrivs";
    private static final String PARTIAL = "partial";
    private static final String LEFT_OUT = "leftOut";
    private static final List<String> KEYS = keys();

    private RecordingJson() {}

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(KIND));
        for (Fact fact : Fact.values()) {
            keys.add(fact.key());
        }
        keys.addAll(List.of(COMMAND, NO_NEW_PRIVS, PARTIAL, LEFT_OUT));
        return List.copyOf(keys);
    }

    /** The object on one line, with a line feed. */
    static String text(Recording recording) {
        JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.LINES);
        json.onOneLine().object();
        write(recording, json);
        json.end();
        return json.text();
    }

    /** Writes the fields into an object. */
    static void write(Recording recording, JsonWriter json) {
        json.field(KIND, recording.kind().label());
        for (Map.Entry<Fact, String> fact : recording.facts().entrySet()) {
            json.field(fact.getKey().key(), fact.getValue());
        }
        if (!recording.command().isEmpty()) {
            json.onOneLine().field(COMMAND, recording.command());
        }
        if (recording.noNewPrivs().isPresent()) {
            json.field(NO_NEW_PRIVS, recording.noNewPrivs().get());
        }
        if (recording.partial()) {
            json.field(PARTIAL, true);
        }
        if (!recording.leftOut().isEmpty()) {
            json.onOneLine().field(LEFT_OUT, recording.leftOut());
        }
    }

    /**
     * Reads such an object.
     *
     * @param unknown called for keys that this version does not know
     */
    static Recording read(ObservationNode at, Consumer<ObservationNode> unknown) {
        at.expect(KEYS, unknown);
        ObservationNode kind = at.get(KIND);
        TreeMap<Fact, String> facts = new TreeMap<>();
        for (Fact fact : Fact.values()) {
            if (at.has(fact.key())) {
                facts.put(fact, text(at.get(fact.key())));
            }
        }
        ImmutableList.Builder<String> command = ImmutableList.builder();
        if (at.has(COMMAND)) {
            at.get(COMMAND).elements().forEach(word -> command.add(text(word)));
        }
        boolean partial = at.has(PARTIAL) && at.get(PARTIAL).flag();
        ImmutableSortedSet.Builder<String> leftOut = ImmutableSortedSet.naturalOrder();
        for (ObservationNode name : at.optionalTexts(LEFT_OUT)) {
            if (!name.text().matches("[a-z_][a-z0-9_]{0,63}")) {
                throw name.fault("is not the name of a call");
            }
            leftOut.add(name.text());
        }
        if (!partial && at.has(LEFT_OUT)) {
            throw at.get(LEFT_OUT).fault("needs \"partial\": true");
        }
        return new Recording(
                Kind.find(kind.text()).orElseThrow(() -> kind.fault("is not a kind of recording")),
                ImmutableSortedMap.copyOf(facts),
                command.build(),
                at.has(NO_NEW_PRIVS) ? Optional.of(at.get(NO_NEW_PRIVS).flag()) : Optional.empty(),
                partial,
                leftOut.build());
    }

    private static String text(ObservationNode at) {
        if (at.text().length() > RecordingHeader.LONGEST) {
            throw at.fault("is longer than a header");
        }
        return at.text();
    }
}
