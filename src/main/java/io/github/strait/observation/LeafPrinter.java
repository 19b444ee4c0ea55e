package io.github.strait.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/** Lays JSON out with one line for each object that is marked as a leaf, so that a difference is a line. */
final class LeafPrinter extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    private int depth;
    private boolean leaf;

    /** Whether what follows goes on one line. */
    void leaf(boolean isLeaf) {
        leaf = isLeaf;
    }

    boolean isLeaf() {
        return leaf;
    }

    private void newLine(JsonGenerator json) throws IOException {
        json.writeRaw('\n');
        json.writeRaw("  ".repeat(depth));
    }

    @Override
    public void writeStartObject(JsonGenerator json) throws IOException {
        json.writeRaw('{');
        depth++;
    }

    @Override
    public void beforeObjectEntries(JsonGenerator json) throws IOException {
        if (!leaf) {
            newLine(json);
        }
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
        separate(json);
    }

    @Override
    public void writeEndObject(JsonGenerator json, int entries) throws IOException {
        end(json, entries, '}');
    }

    @Override
    public void writeStartArray(JsonGenerator json) throws IOException {
        json.writeRaw('[');
        depth++;
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
        beforeObjectEntries(json);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        separate(json);
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
        end(json, values, ']');
    }

    private void separate(JsonGenerator json) throws IOException {
        json.writeRaw(',');
        if (leaf) {
            json.writeRaw(' ');
        } else {
            newLine(json);
        }
    }

    private void end(JsonGenerator json, int entries, char bracket) throws IOException {
        depth--;
        if (!leaf && entries > 0) {
            newLine(json);
        }
        json.writeRaw(bracket);
    }
}
