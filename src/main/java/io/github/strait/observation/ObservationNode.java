package io.github.strait.observation;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value in an observation document, with its path from the root, for error messages.
 *
 * @param file the name of the document
 * @param parent the enclosing value; null at the root
 * @param key its name in an object, or its index in an array
 */
record ObservationNode(String file, @Nullable ObservationNode parent, String key, Json value) {
    /** More calls than any trace has, and so few that the sums of any observation fit. */
    static final long LIMIT = 1L << 40;

    private static final int SHOWN = 40;
    private static final String FIX = "; restore the file, or make it again with: strait summarize TRACE";

    static ObservationNode root(String file, Json value) {
        return new ObservationNode(file, null, "", value);
    }

    /** The refusal of this value; for the root, of the whole document. */
    RefusalException fault(String message) {
        String path = path();
        return path.isEmpty() ? refusal(file, 0, message) : refusal(file, value.line(), path + " " + message + FIX);
    }

    static RefusalException refusal(String file, long line, String message) {
        return new RefusalException(Diagnostic.error("bad-observation", new SourcePosition(file, line), message));
    }

    /** What a {@link #fault} says, without the fix, which is that of an observation. */
    static String problem(RefusalException fault) {
        String message = fault.getMessage();
        return message.endsWith(FIX) ? message.substring(0, message.length() - FIX.length()) : message;
    }

    /** A text from the document, short enough for a message. */
    static String shown(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
    }

    private Optional<Json> find(String name) {
        return value instanceof Json.Fields fields ? fields.find(name) : Optional.empty();
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    /** A value of this object that must be there. */
    ObservationNode get(String name) {
        return inside(name, find(name).orElseThrow(() -> fault("has no \"" + name + "\"")));
    }

    private ObservationNode inside(String name, Json found) {
        return new ObservationNode(file, this, name, found);
    }

    /** The values of this object. */
    List<ObservationNode> properties() {
        if (!(value instanceof Json.Fields fields)) {
            throw fault("is not an object");
        }
        List<ObservationNode> all = new ArrayList<>();
        for (Json.Member member : fields.members()) {
            all.add(inside(member.name(), member.value()));
        }
        return all;
    }

    /** The elements of this array. */
    List<ObservationNode> elements() {
        if (!(value instanceof Json.Items items)) {
            throw fault("is not a list");
        }
        List<ObservationNode> all = new ArrayList<>();
        for (Json element : items.list()) {
            all.add(inside(String.valueOf(all.size()), element));
        }
        return all;
    }

    String text() {
        if (!(value instanceof Json.Text text)) {
            throw fault("is not a string");
        }
        return text.value();
    }

    /** A string, a number or a literal as it is spelt; empty for anything else. */
    String word() {
        return value instanceof Json.Text text
                ? text.value()
                : value instanceof Json.Numeral numeral
                        ? numeral.spelling()
                        : value instanceof Json.Literal literal ? literal.word() : "";
    }

    boolean isNumber() {
        return value instanceof Json.Numeral;
    }

    boolean flag() {
        if (value instanceof Json.Literal literal && !literal.isNull()) {
            return literal.word().equals("true");
        }
        throw fault("is neither true nor false");
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
        try {
            long count = value instanceof Json.Numeral numeral ? Long.parseLong(numeral.spelling()) : -1;
            if (count >= 0 && count <= limit) {
                return count;
            }
        } catch (NumberFormatException e) {
            // a fraction, or more than fits
        }
        throw fault("is not a count");
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
     * Checks that this is an object, and that none of its keys is a known one in other letters. Any other unknown key
     * belongs to a later version and is ignored.
     *
     * @param unknown called for each of those
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

    /** The path from the root: {@code architectures.x86_64.syscalls.read}; empty for the root. */
    String path() {
        String before = parent == null ? "" : parent.path();
        return before.isEmpty() ? key : before + "." + key;
    }
}
