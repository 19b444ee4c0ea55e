package io.github.strait.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.common.collect.ImmutableList;
import io.github.strait.json.JsonException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON documents of one kind into {@link Json}. Jackson's own tree forgets where its nodes stood, and its data
 * binding costs more at start-up than a whole run of strait.
 */
public final class JsonReader {
    /** The extensions of RFC 8259's JSON that a reader accepts. */
    public enum Leniency {
        /** None: a key that comes twice in an object is an error. */
        NONE,
        /** A key may come several times. */
        REPEATED_KEYS,
        /** A key may come several times, and C comments are skipped. */
        REPEATED_KEYS_AND_COMMENTS
    }

    private final JsonFactory factory = new JsonFactory();

    /**
     * A reader of documents that have no limits but Jackson's own: depth 1,000, 1,000 digits, 50,000 characters of a key,
     * 20 million of a string.
     */
    public JsonReader(Leniency leniency) {
        factory.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, leniency == Leniency.NONE);
        factory.configure(JsonParser.Feature.ALLOW_COMMENTS, leniency == Leniency.REPEATED_KEYS_AND_COMMENTS);
    }

    /**
     * A reader of documents that are small.
     *
     * @param maxDepth of objects and arrays inside each other
     * @param maxTokens brackets, keys and values, which bounds the memory
     */
    public JsonReader(Leniency leniency, int maxDepth, int maxTokens) {
        this(leniency);
        factory.setStreamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxTokenCount(maxTokens)
                .build());
    }

    /** Reads a text that is one document; columns count its characters. */
    public Json read(String text) throws JsonException {
        try (JsonParser parser = factory.createParser(text)) {
            return document(parser);
        } catch (IOException e) {
            throw exception(e);
        }
    }

    /** Reads bytes that are one document in UTF-8; columns count its bytes. */
    public Json read(byte[] text) throws JsonException {
        try (JsonParser parser = factory.createParser(text)) {
            return document(parser);
        } catch (IOException e) {
            throw exception(e);
        }
    }

    private static Json document(JsonParser parser) throws JsonException, IOException {
        parser.nextToken();
        Json root = value(parser);
        if (parser.nextToken() != null) {
            throw exception(Kind.FOLLOWED, parser.currentTokenLocation(), "another value follows");
        }
        return root;
    }

    private static Json value(JsonParser parser) throws JsonException, IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw exception(Kind.CUT, parser.currentTokenLocation(), "the document is empty");
        }
        int line = parser.currentTokenLocation().getLineNr();
        return switch (token) {
            case START_OBJECT -> fields(line, parser);
            case START_ARRAY -> items(line, parser);
            case VALUE_STRING -> new Json.Text(line, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(line, parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Json.Literal(line, parser.getText());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw exception(Kind.MALFORMED, parser.currentTokenLocation(), token + " is not a value");
        };
    }

    private static Json fields(int line, JsonParser parser) throws JsonException, IOException {
        ImmutableList.Builder<Json.Member> members = ImmutableList.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new Json.Member(name, value(parser)));
        }
        return new Json.Fields(line, members.build());
    }

    private static Json items(int line, JsonParser parser) throws JsonException, IOException {
        ImmutableList.Builder<Json> list = ImmutableList.builder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return new Json.Items(line, list.build());
    }

    private static JsonException exception(IOException e) {
        if (!(e instanceof JacksonException cause)) {
            throw new UncheckedIOException("what is in memory cannot fail to be read", e);
        }
        Kind kind = e instanceof JsonEOFException
                ? Kind.CUT
                : e instanceof StreamConstraintsException ? Kind.TOO_LARGE : Kind.MALFORMED;
        return exception(kind, cause.getLocation(), cause.getOriginalMessage());
    }

    private static JsonException exception(Kind kind, @Nullable JsonLocation location, String message) {
        return location == null
                ? new JsonException(kind, 0, 0, message)
                : new JsonException(
                        kind, Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()), message);
    }
}
