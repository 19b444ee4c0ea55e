package io.github.strait.observation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value in the document of an observation, with the way to it from the root: what is wrong with it has a place.
 *
 * @param parent what it is in; null at the root
 * @param key its name in an object, or its index in an array
 */
record ObservationNode(@Nullable ObservationNode parent, String key, JsonNode value) {
    /** More calls than any trace has, and so few that the sums of any observation fit. */
    static final long LIMIT = 1L << 40;

    private static final int SHOWN = 40;

    /** What is wrong with a value; the reader of the document makes a diagnostic of it. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ObservationNode at;

        Fault(ObservationNode at, String message) {
            super(message, null, false, false);
            this.at = at;
        }

        ObservationNode at() {
            return at;
        }
    }

    static ObservationNode root(JsonNode value) {
        return new ObservationNode(null, "", value);
    }

    Fault fault(String message) {
        return new Fault(this, message);
    }

    /** A text from the document, short enough for a message. */
    static String shown(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
    }

    boolean has(String name) {
        return value.has(name);
    }

    /** A value of this object that must be there. */
    ObservationNode get(String name) {
        JsonNode found = value.get(name);
        if (found == null) {
            throw fault("has no \"" + name + "\"");
        }
        return new ObservationNode(this, name, found);
    }

    /** The values of this object. */
    List<ObservationNode> properties() {
        object();
        List<ObservationNode> all = new ArrayList<>();
        value.properties().forEach(entry -> all.add(new ObservationNode(this, entry.getKey(), entry.getValue())));
        return all;
    }

    private void object() {
        if (!value.isObject()) {
            throw fault("is not an object");
        }
    }

    /** The elements of this array. */
    List<ObservationNode> elements() {
        if (!value.isArray()) {
            throw fault("is not a list");
        }
        List<ObservationNode> all = new ArrayList<>();
        for (JsonNode element : value) {
            all.add(new ObservationNode(this, String.valueOf(all.size()), element));
        }
        return all;
    }

    String text() {
        if (!value.isTextual()) {
            throw fault("is not a string");
        }
        return value.asText();
    }

    boolean flag() {
        if (!value.isBoolean()) {
            throw fault("is neither true nor false");
        }
        return value.asBoolean();
    }

    /** A number of calls or lines of one run. */
    long count() {
        return count(LIMIT);
    }

    /** The sum of such numbers. */
    long sum() {
        return count(Long.MAX_VALUE);
    }

    private long count(long limit) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > limit) {
            throw fault("is not a count");
        }
        return value.asLong();
    }

    /** The strings of the array of that name, which differ from each other; none when it is absent. */
    List<ObservationNode> optionalTexts(String name) {
        List<ObservationNode> elements = has(name) ? get(name).elements() : List.of();
        Set<String> texts = new HashSet<>();
        for (ObservationNode element : elements) {
            if (!texts.add(element.text())) {
                throw element.fault("is listed twice: " + shown(element.text()));
            }
        }
        return elements;
    }

    /**
     * Checks that this is an object, and that none of its keys is a known one in other letters. A key that is unknown
     * altogether is of a later version, and passed over.
     *
     * @param unknown told of those
     */
    void expect(List<String> known, Consumer<ObservationNode> unknown) {
        for (ObservationNode property : properties()) {
            if (!known.contains(property.key)) {
                Optional<String> meant =
                        known.stream().filter(property.key::equalsIgnoreCase).findFirst();
                if (meant.isPresent()) {
                    throw property.fault("is spelled \"" + meant.get() + "\"");
                }
                unknown.accept(property);
            }
        }
    }

    /** The way from the root: {@code architectures.x86_64.syscalls.read}; empty for the root. */
    String path() {
        String before = parent == null ? "" : parent.path();
        return before.isEmpty() ? key : before + "." + key;
    }

    private JsonPointer pointer() {
        if (parent == null) {
            return JsonPointer.empty();
        }
        JsonPointer before = parent.pointer();
        return parent.value.isArray() ? before.appendIndex(Integer.parseInt(key)) : before.appendProperty(key);
    }

    /** The line where it stands in the document; 0 when it stands nowhere. */
    long line(JsonMapper mapper, byte[] document) throws IOException {
        try (JsonParser parser = new FilteringParserDelegate(
                mapper.createParser(document),
                new JsonPointerBasedFilter(pointer()),
                Inclusion.ONLY_INCLUDE_ALL,
                false)) {
            return parser.nextToken() == null
                    ? 0
                    : parser.currentTokenLocation().getLineNr();
        }
    }
}
