package io.github.strait.report;

import io.github.strait.json.JsonWriter;
import java.util.function.Consumer;

/** A report for programs: indented JSON in ASCII with a final newline, the same bytes for the same values. */
final class JsonText {
    private JsonText() {}

    /**
     * The document: an object that names its schema first.
     *
     * @param fields writes what follows
     */
    static String of(String schema, Consumer<JsonWriter> fields) {
        JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.KEYS);
        json.object();
        json.field("strait", schema);
        fields.accept(json);
        json.end();
        return json.text();
    }
}
