package io.github.strait.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import io.github.strait.json.JsonException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Where the members of an object stand in a text, for changing one of them and nothing else. */
public final class JsonMembers {
    /**
     * A key and its value.
     *
     * @param line the line of the key, from 1
     * @param key where the key begins, its quotation mark included
     * @param start where the value begins
     * @param end where it has ended
     */
    public record Member(String name, int line, int key, int start, int end) {}

    private JsonMembers() {}

    /**
     * The members of the object that begins there, in the order of the text; a key may come several times.
     *
     * @throws JsonException when the text is not JSON, or no object begins there
     */
    public static ImmutableList<Member> of(String text, int object) throws JsonException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT && start(parser) == object) {
                    return members(parser);
                }
            }
        } catch (JacksonException e) {
            throw new JsonException(
                    Kind.MALFORMED,
                    Math.max(0, e.getLocation().getLineNr()),
                    Math.max(0, e.getLocation().getColumnNr()),
                    e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("what is in memory cannot fail to be read", e);
        }
        throw new JsonException(Kind.MALFORMED, 0, 0, "no object begins at " + object);
    }

    private static ImmutableList<Member> members(JsonParser parser) throws IOException {
        ImmutableList.Builder<Member> members = ImmutableList.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            int key = start(parser);
            parser.nextToken();
            int start = start(parser);
            parser.skipChildren();
            // the parser passes over the text of a value only when it is asked for it
            parser.finishToken();
            members.add(new Member(
                    name, line, key, start, (int) parser.currentLocation().getCharOffset()));
        }
        return members.build();
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
