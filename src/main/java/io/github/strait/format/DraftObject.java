package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.Printable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One JSON object of a draft: takes its values whatever their type, and notes what is wrong with them. */
final class DraftObject {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final int WORD = 60;

    private final DraftFaults faults;
    private final String what;
    private final Json.Fields fields;
    private final Map<String, Json> rest;

    DraftObject(DraftFaults faults, String what, Json.Fields fields) {
        this.faults = faults;
        this.what = what;
        this.fields = fields;
        this.rest = new LinkedHashMap<>(fields.byName());
    }

    int line() {
        return fields.place().line();
    }

    boolean has(String key) {
        return fields.byName().containsKey(key);
    }

    /** The value of a key, also under another spelling or a synonym; null counts as absent, as it does for runtimes. */
    Optional<Json> take(String key, String... synonyms) {
        Json exact = rest.remove(key);
        if (exact != null) {
            return present(exact);
        }
        Optional<String> other = rest.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(key)
                        || ImmutableList.copyOf(synonyms).contains(name))
                .findFirst();
        if (other.isEmpty()) {
            return Optional.empty();
        }
        Json value = rest.get(other.get());
        rest.remove(other.get());
        if (value == null) {
            return Optional.empty();
        }
        boolean sameLetters = other.get().equalsIgnoreCase(key);
        faults.add(
                Fault.Kind.MISNAMED_KEY,
                value,
                "key '" + word(other.get()) + "' of " + what
                        + (sameLetters
                                ? " differs in case from '" + key + "'; runc takes one for the other and crun does not"
                                : " is none that a runtime reads"),
                "write '" + key + "'");
        return present(value);
    }

    /** The elements of an array; a lone value counts as one element. */
    ImmutableList<Json> elements(String key, String... synonyms) {
        Optional<Json> value = take(key, synonyms);
        if (value.isEmpty()) {
            return ImmutableList.of();
        }
        if (value.get() instanceof Json.Items items) {
            return items.list();
        }
        faults.wrongType(value.get(), key, "an array");
        return ImmutableList.of(value.get());
    }

    Optional<Located<String>> text(String key, String... synonyms) {
        return take(key, synonyms).flatMap(json -> text(key, json));
    }

    Optional<Located<String>> text(String key, Json json) {
        if (json instanceof Json.Text text) {
            return Optional.of(new Located<>(text.value(), json.place().line()));
        }
        faults.wrongType(json, key, "a string");
        return Optional.empty();
    }

    Optional<DraftObject> object(String key, String name, Json json) {
        if (json instanceof Json.Fields inner) {
            return Optional.of(new DraftObject(faults, name, inner));
        }
        faults.wrongType(json, key, "an object");
        return Optional.empty();
    }

    /** A token of an enumeration, as it is spelt or as it was meant. */
    <T> Optional<Located<T>> token(
            Json json,
            String key,
            Fault.Kind kind,
            Function<String, Optional<T>> find,
            Function<String, Optional<T>> guess,
            Function<T, String> spelling) {
        Optional<Located<String>> text = text(key, json);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String token = text.get().value();
        Optional<T> known = find.apply(token);
        Optional<T> meant = known.or(() -> guess.apply(token));
        if (known.isEmpty()) {
            String effect = kind == Fault.Kind.UNKNOWN_MACHINE
                    ? "is the name of no machine, and never matches"
                    : "is unknown, and no container starts with it";
            faults.add(
                    kind,
                    json,
                    "'" + word(token) + "' in '" + key + "' " + effect,
                    meant.map(value -> "write '" + spelling.apply(value) + "'")
                            .orElse("see the runtime specification"));
        }
        return meant.map(value -> new Located<>(value, text.get().line()));
    }

    /** An unsigned number of at most 64 bits. */
    Optional<Located<Long>> number(String key, String... synonyms) {
        Optional<Json> json = take(key, synonyms);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        Optional<BigInteger> number = integer(json.get());
        boolean quoted = json.get() instanceof Json.Text;
        boolean fits =
                number.isPresent() && number.get().signum() >= 0 && number.get().compareTo(TWO_TO_64) < 0;
        if (quoted || !fits) {
            faults.badNumber(
                    json.get(), key, quoted, number.map(BigInteger::signum).orElse(0) < 0);
        }
        return number.filter(n -> fits)
                .map(n -> new Located<>(n.longValue(), json.get().place().line()));
    }

    /** Notes the keys that nobody took. */
    void noteTheRest(Collection<String> known) {
        rest.forEach((name, value) -> faults.add(
                Fault.Kind.UNKNOWN_KEY,
                value,
                "key '" + word(name) + "' of " + what + " is unknown, and runtimes ignore it",
                Nearest.of(name, known)
                        .map(key -> "write '" + key + "' or remove it")
                        .orElse("remove it")));
    }

    ImmutableMap<String, Json> all() {
        return fields.byName();
    }

    static String word(String text) {
        return Printable.of(text, WORD);
    }

    private static Optional<Json> present(Json value) {
        return value instanceof Json.Constant constant && constant.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** The whole number of a spelling, in quotes or not, also {@code 0x10} and {@code 1.0}. */
    private static Optional<BigInteger> integer(Json json) {
        String spelling = json instanceof Json.Numeral numeral
                ? numeral.spelling()
                : json instanceof Json.Text text ? text.value().strip() : "";
        if (spelling.isEmpty() || spelling.length() > 40) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    spelling.startsWith("0x")
                            ? new BigInteger(spelling.substring(2), 16)
                            : plain(new BigDecimal(spelling)).toBigIntegerExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Refuses what a few characters could blow up to gigabytes, such as 1e999999999. */
    private static BigDecimal plain(BigDecimal number) {
        if (Math.abs((long) number.scale()) > 40) {
            throw new ArithmeticException("too large");
        }
        return number;
    }
}
