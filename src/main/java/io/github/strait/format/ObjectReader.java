package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Takes the fields of one JSON object, each by its type; null counts as absent, as it does for runtimes. */
final class ObjectReader {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private final Source source;
    private final Json.Fields fields;
    private final Set<String> taken = new HashSet<>();

    private ObjectReader(Source source, Json.Fields fields) {
        this.source = source;
        this.fields = fields;
    }

    static ObjectReader of(Source source, String what, Json json) {
        if (json instanceof Json.Fields fields) {
            return new ObjectReader(source, fields);
        }
        throw source.error(json.place(), what + " must be an object, not " + json.kind());
    }

    Json.Place place() {
        return fields.place();
    }

    FormatException error(String message) {
        return source.error(place(), message);
    }

    void warn(String code, String message) {
        source.warn(place().line(), code, message);
    }

    Optional<Json> take(String name) {
        taken.add(name);
        Json value = fields.byName().get(name);
        return value instanceof Json.Constant constant && constant.isNull()
                ? Optional.empty()
                : Optional.ofNullable(value);
    }

    /** A string; empty counts as absent, as it does for Go's {@code omitempty}. */
    Optional<String> text(String name) {
        return take(name).map(json -> text(name, json)).filter(text -> !text.isEmpty());
    }

    /** A string that stands for something; {@code known} is the fix when it does not. */
    <T> Optional<T> token(String name, Function<String, Optional<T>> find, String known) {
        return take(name).map(json -> find(name, json, find, known));
    }

    /** An array of strings that stand for something. */
    <T> ImmutableList<T> tokens(String name, Function<String, Optional<T>> find, String known) {
        return elements(name, json -> find(name, json, find, known));
    }

    /** An array of objects. */
    <T> ImmutableList<T> objects(String name, Function<ObjectReader, T> read) {
        return elements(name, json -> read.apply(of(source, "an element of '" + name + "'", json)));
    }

    /** An object. */
    Optional<ObjectReader> object(String name) {
        return take(name).map(json -> of(source, "'" + name + "'", json));
    }

    /** An unsigned 64-bit number. */
    Optional<Long> unsigned(String name) {
        return take(name).map(json -> number(name, json, TWO_TO_64).longValue());
    }

    /** A number that fits an int; its meaning is the caller's business. */
    OptionalInt number(String name) {
        Optional<Integer> number = take(name)
                .map(json -> number(name, json, BigInteger.valueOf(1L << 31)).intValue());
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** Warns of the fields that nobody took: the fault of a writer, or of a reader that is older than the document. */
    void warnOfTheRest(String where) {
        for (String name : fields.byName().keySet()) {
            Json.Place at = fields.byName().get(name).place();
            if (taken.contains(name)) {
                continue;
            }
            Iterables.tryFind(taken, name::equalsIgnoreCase).toJavaUtil().ifPresent(meant -> {
                throw source.error(
                        at, "field '" + name + "' is spelt '" + meant + "'; some runtimes take one for the other");
            });
            source.warn(
                    at.line(),
                    "unknown-field",
                    "field '" + name + "' of " + where + " is unknown and ignored; remove it");
        }
    }

    /** Runs a constructor, whose refusal becomes an error at this object. */
    <T> T legal(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw error(String.valueOf(e.getMessage()));
        }
    }

    private <T> ImmutableList<T> elements(String name, Function<Json, T> read) {
        Optional<Json> value = take(name);
        if (value.isEmpty()) {
            return ImmutableList.of();
        }
        if (value.get() instanceof Json.Items items) {
            List<T> all = new ArrayList<>();
            items.list().forEach(json -> all.add(read.apply(json)));
            return ImmutableList.copyOf(all);
        }
        throw source.error(
                value.get().place(),
                "'" + name + "' must be an array, not " + value.get().kind());
    }

    private <T> T find(String name, Json json, Function<String, Optional<T>> find, String known) {
        String text = text(name, json);
        return find.apply(text)
                .orElseThrow(
                        () -> source.error(json.place(), "unknown value '" + text + "' in '" + name + "'; " + known));
    }

    private String text(String name, Json json) {
        if (json instanceof Json.Text text) {
            return text.value();
        }
        throw source.error(json.place(), "'" + name + "' takes a string, not " + json.kind());
    }

    private BigInteger number(String name, Json json, BigInteger limit) {
        if (json instanceof Json.Text) {
            throw source.error(json.place(), "'" + name + "' is a number in quotes; remove them");
        }
        if (!(json instanceof Json.Numeral numeral)
                || !numeral.spelling().chars().allMatch(c -> c >= '0' && c <= '9')
                || numeral.spelling().length() > 20
                || new BigInteger(numeral.spelling()).compareTo(limit) >= 0) {
            throw source.error(
                    json.place(),
                    "'" + name + "' takes a whole number from 0 to " + limit.subtract(BigInteger.ONE) + ", not "
                            + json.kind());
        }
        return new BigInteger(numeral.spelling());
    }

    /** The tokens of an enumeration, for messages. */
    static String oneOf(Stream<String> tokens) {
        return "one of " + String.join(" ", tokens.toList());
    }
}
