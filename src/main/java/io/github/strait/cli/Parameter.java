package io.github.strait.cli;

import io.github.strait.api.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An option or an operand of a command, and the values that a line gives it. Both parsers, the help, the completion scripts
 * and the manual pages are made of this description.
 *
 * <p>Not a record: a start makes about thirty, and linking a record's generated methods takes time.
 *
 * @param <T> the type of each value
 */
final class Parameter<T> {
    /** Stands in a description for what there is to say of each format, which costs a start to find out. */
    static final String EACH_FORMAT = "${EACH-FORMAT}";

    /** Stands in a description for the words that the type lists. */
    static final String EACH_WORD = "${EACH-WORD}";

    private final String abbreviation;
    private final String name;
    private final String label;
    private final ValueType<T> type;
    private final String description;
    private boolean required;
    private boolean repeatable;
    private boolean commaSeparated;
    private List<T> values = List.of();

    private Parameter(String abbreviation, String name, String label, ValueType<T> type, String description) {
        this.abbreviation = abbreviation;
        this.name = name;
        this.label = label;
        this.type = type;
        this.description = description;
    }

    /** An option without a value; its abbreviation may be empty. */
    static Parameter<Boolean> flag(String abbreviation, String name, String description) {
        return new Parameter<>(abbreviation, name, "", ValueType.PRESENCE, description);
    }

    /** An option with a value, which help calls by the label; its abbreviation may be empty. */
    static <T> Parameter<T> option(
            String abbreviation, String name, String label, ValueType<T> type, String description) {
        return new Parameter<>(abbreviation, name, label, type, description);
    }

    /** An operand, which help calls by the label. */
    static <T> Parameter<T> operand(String label, ValueType<T> type, String description) {
        return new Parameter<>("", "", label, type, description);
    }

    /** The command fails without it. */
    Parameter<T> required() {
        required = true;
        return this;
    }

    /** An option that may be given several times; an operand that takes all that are left. */
    Parameter<T> repeatable() {
        repeatable = true;
        return this;
    }

    /** A repeatable option that also takes several values in one word, with commas between them. */
    Parameter<T> commaSeparated() {
        commaSeparated = true;
        return repeatable();
    }

    boolean isOption() {
        return !name.isEmpty();
    }

    boolean isFlag() {
        return label.isEmpty();
    }

    boolean isRequired() {
        return required;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    boolean isCommaSeparated() {
        return commaSeparated;
    }

    /** Whether this word names the option. */
    boolean isNamed(String word) {
        return isOption() && (word.equals(name) || word.equals(abbreviation));
    }

    /** The names of an option as they are written, the short one first; none of an operand. */
    List<String> names() {
        if (!isOption()) {
            return List.of();
        }
        return abbreviation.isEmpty() ? List.of(name) : List.of(abbreviation, name);
    }

    /** The label of the value in help; empty for a flag. */
    String label() {
        return label;
    }

    ValueType<T> type() {
        return type;
    }

    /** The description in help. */
    String description() {
        return description.contains("${")
                ? description
                        .replace(EACH_FORMAT, OutputFormat.description())
                        .replace(EACH_WORD, String.join(", ", type.words()))
                : description;
    }

    /** Adds a value to those that were given. */
    void add(T value) {
        if (values.isEmpty()) {
            values = new ArrayList<>(4);
        }
        values.add(value);
    }

    /** Adds the value that this word is. */
    void addWord(String word) {
        add(type.parse(word));
    }

    boolean isGiven() {
        return !values.isEmpty();
    }

    /** The value of a parameter that is required. */
    T value() {
        return values.get(0);
    }

    /** The value; empty when none was given. */
    Optional<T> given() {
        return isGiven() ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** The value, or this one when none was given. */
    T or(T otherwise) {
        return isGiven() ? values.get(0) : otherwise;
    }

    /** All values in the order in which they were given. */
    List<T> values() {
        return values;
    }
}
