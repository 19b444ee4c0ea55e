package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.json.JsonReader.Leniency;
import java.util.Optional;

/** A value in the JSON that an engine answers; what is not there, or of another type, is absent. */
record EngineAnswer(Optional<Json> json) {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_TOKENS = 2_000_000;

    /** Reads a document; an empty one is absent. */
    static EngineAnswer of(String text) throws EngineException {
        if (text.isBlank()) {
            return new EngineAnswer(Optional.empty());
        }
        try {
            return new EngineAnswer(
                    Optional.of(new JsonReader(Leniency.REPEATED_KEYS, MAX_DEPTH, MAX_TOKENS).read(text)));
        } catch (JsonException e) {
            // the parser's words are about Java, and may repeat what the engine printed
            throw new EngineException("its answer is "
                    + (e.kind() == JsonException.Kind.CUT ? "cut short" : "not JSON")
                    + (e.line() > 0 ? ", at line " + e.line() + ", column " + e.column() : ""));
        }
    }

    /** The value under these keys, each in the object under the one before. */
    EngineAnswer at(String... keys) {
        Optional<Json> value = json;
        for (String key : keys) {
            value = value.flatMap(each -> each instanceof Json.Fields fields ? fields.find(key) : Optional.empty());
        }
        return new EngineAnswer(value);
    }

    /** The keys of an object, in their order. */
    ImmutableList<String> keys() {
        return json.orElse(null) instanceof Json.Fields fields
                ? fields.members().stream().map(Json.Member::name).collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
    }

    /** The elements of an array. */
    ImmutableList<EngineAnswer> elements() {
        return json.orElse(null) instanceof Json.Items items
                ? items.list().stream()
                        .map(item -> new EngineAnswer(Optional.of(item)))
                        .collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
    }

    /** The string, unless it is empty. */
    Optional<String> text() {
        return json.orElse(null) instanceof Json.Text text && !text.value().isEmpty()
                ? Optional.of(text.value())
                : Optional.empty();
    }

    /** The process id, which is 0 for none. */
    long pid() {
        return json.orElse(null) instanceof Json.Numeral number
                        && number.spelling().matches("[0-9]{1,9}")
                ? Long.parseLong(number.spelling())
                : 0;
    }
}
