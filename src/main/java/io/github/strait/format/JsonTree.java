package io.github.strait.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into {@link Json}. Jackson's own tree forgets where its nodes stood, and its data binding costs more at
 * start-up than a whole run of strait.
 */
final class JsonTree {
    /** The deepest profile has five levels. */
    private static final int MAX_DEPTH = 32;

    /** What bounds the memory of a hostile document; the largest real profile has some two thousand. */
    private static final int MAX_TOKENS = 1_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private static final Pattern OPERATOR_OBJECT = Pattern.compile("(?m)^kind: *[\"']?SeccompProfile\\b");

    private final Source source;
    private final JsonParser parser;

    private JsonTree(Source source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /** @param comments whether those of C are passed over, as crun does */
    static Json parse(Source source, boolean comments) {
        try (JsonParser parser = FACTORY.createParser(source.text())) {
            parser.configure(JsonReadFeature.ALLOW_JAVA_COMMENTS.mappedFeature(), comments);
            JsonTree tree = new JsonTree(source, parser);
            parser.nextToken();
            Json root = tree.value();
            if (parser.nextToken() != null) {
                throw source.error(tree.place(), "something follows the end of the document; remove it");
            }
            return root;
        } catch (JsonEOFException e) {
            throw source.error(place(e.getLocation()), "the document ends in the middle; is the file complete?");
        } catch (StreamConstraintsException e) {
            throw source.error(
                    place(e.getLocation()), "larger or deeper than any profile (" + limit(e) + "); is it one?");
        } catch (JsonProcessingException e) {
            Json.Place place = place(e.getLocation());
            throw source.error(place, fault(firstLine(e.getOriginalMessage()), place, source));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private Json value() throws IOException {
        Json.Place place = place();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> fields(place);
            case START_ARRAY -> items(place);
            case VALUE_STRING -> new Json.Text(place, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(place, parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Json.Constant(place, parser.getText());
            default -> throw source.error(place, "not JSON: " + token + " is not a value");
        };
    }

    private Json fields(Json.Place place) throws IOException {
        ImmutableList.Builder<Json.Member> members = ImmutableList.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new Json.Member(name, value()));
        }
        return new Json.Fields(place, members.build());
    }

    private Json items(Json.Place place) throws IOException {
        ImmutableList.Builder<Json> list = ImmutableList.builder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value());
        }
        return new Json.Items(place, list.build());
    }

    private Json.Place place() {
        return place(parser.currentTokenLocation());
    }

    /** Jackson names no place when a document is larger than its limits. */
    private static Json.Place place(@Nullable JsonLocation location) {
        return location == null
                ? new Json.Place(1, 1)
                : new Json.Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** Which limit was passed, without Jackson's name for it. */
    private static String limit(StreamConstraintsException e) {
        String message = firstLine(e.getOriginalMessage());
        int name = message.indexOf(", from");
        return name < 0 ? message : message.substring(0, name) + ")";
    }

    /** What is wrong with the text, and what to do. */
    private static String fault(String message, Json.Place place, Source source) {
        String rest = source.from(place);
        if (rest.startsWith("/")) {
            return "a comment, which JSON does not have: crun alone passes over it, Docker, Podman and runc refuse the"
                    + " document; remove it";
        }
        if (rest.startsWith("#")) {
            return "a line that begins with '#' is not JSON, and every runtime refuses it; remove it";
        }
        return "not JSON: " + message + yaml(source);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unexpected text");
    }

    private static String yaml(Source source) {
        String start = source.text().stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return "";
        }
        return OPERATOR_OBJECT.matcher(start).find()
                ? "; this is a SeccompProfile object of the Security Profiles Operator, which is YAML and not read; the"
                        + " profile is its spec, as JSON"
                : "; a profile is a JSON object, YAML is not read";
    }
}
