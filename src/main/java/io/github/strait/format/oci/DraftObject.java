package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Engine;
import io.github.strait.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One JSON object of a draft. Reads its values as the engine does, and records their faults. */
final class DraftObject {
    private static final int WORD = 60;

    /** The keys of arrays whose elements crun looks at one by one. */
    private static final ImmutableSet<String> LISTS = ImmutableSet.of("architectures", "flags");

    /** How often a key may occur; limits the work for a hostile document. */
    private static final int MOST_REPETITIONS = 16;

    /** Guessing is expensive. */
    private static final int MOST_GUESSES = 100;

    private final DraftFaults faults;
    private final String what;
    private final Json.Fields fields;
    private final List<Json.Member> rest;
    private final Set<String> misnamed = new HashSet<>();

    DraftObject(DraftFaults faults, String what, Json.Fields fields) {
        this.faults = faults;
        this.what = what;
        this.fields = fields;
        this.rest = new ArrayList<>(fields.members());
    }

    int line() {
        return fields.line();
    }

    /** Whether the engine finds the key. */
    boolean has(String key) {
        return fields.members().stream().anyMatch(member -> isRead(member, key));
    }

    /** Whether a member is read as this key: Go ignores case, and libocispec does not. */
    private boolean isRead(Json.Member member, String key) {
        return faults.reader().engine().isGo()
                ? member.name().equalsIgnoreCase(key)
                : member.name().equals(key);
    }

    /** The value of a key, also under another spelling or a synonym; null counts as absent, as it does for runtimes. */
    Optional<Json> take(String key, String... synonyms) {
        List<Json.Member> found =
                rest.stream().filter(member -> isRead(member, key)).toList();
        if (found.isEmpty()) {
            return takeSynonym(key, ImmutableSet.copyOf(synonyms));
        }
        rest.removeIf(member -> isRead(member, key));
        noteCase(key, found);
        Json value = found.size() == 1 ? found.get(0).value() : repeated(key, found);
        return value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private void noteCase(String key, List<Json.Member> found) {
        Optional<Json.Member> other =
                found.stream().filter(member -> !member.name().equals(key)).findFirst();
        if (other.isEmpty()) {
            return;
        }
        boolean missed = Engines.isRequired(key)
                && found.stream().noneMatch(member -> member.name().equals(key));
        boolean extended = !Engines.readersOf(key).contains(Engine.CRUN);
        faults.add(
                Fault.Kind.MISNAMED_KEY,
                other.get().value().line(),
                missed ? Engines.ONLY_CRUN : Engines.NONE,
                extended ? Severity.NOTE : Severity.WARNING,
                "key '" + word(other.get().name()) + "' of " + what + " differs in case from '" + key + "', for which "
                        + Engines.list(Sets.intersection(Engines.readersOf(key), Engines.GO)) + " take it"
                        + (extended ? "" : " and crun does not"),
                "write '" + key + "'");
    }

    /** The value that counts of several with the same key. */
    private Json repeated(String key, List<Json.Member> found) {
        Json first = found.get(0).value();
        Json last = found.get(found.size() - 1).value();
        boolean many = found.size() > MOST_REPETITIONS;
        boolean same = !many && found.stream().allMatch(member -> member.value().says(first));
        boolean mixed = found.stream()
                        .map(Json.Member::value)
                        .filter(value -> !value.isNull())
                        .map(Json::getClass)
                        .distinct()
                        .count()
                > 1;
        faults.add(
                Fault.Kind.DUPLICATE_KEY,
                last.line(),
                many ? Engines.ALL : mixed ? Sets.intersection(Engines.readersOf(key), Engines.GO) : Engines.NONE,
                same ? Severity.NOTE : Severity.WARNING,
                "key '" + key + "' comes " + (many ? found.size() + " times" : "twice") + " in one object"
                        + (same
                                ? ", with the same value"
                                : ": Docker, Podman and runc take the last value and crun the first"),
                "remove the other");
        if (many) {
            return last;
        }
        return faults.reader().engine().isGo()
                ? found.stream().map(Json.Member::value).reduce(Json::then).orElse(last)
                : found.stream()
                        .filter(member -> member.name().equals(key))
                        .map(Json.Member::value)
                        .findFirst()
                        .orElse(first);
    }

    /** Whether the key was given under a synonym, which no engine reads. */
    boolean isMisnamed(String key) {
        return misnamed.contains(key);
    }

    /** Notes a synonym; its value counts where guesses do. */
    private Optional<Json> takeSynonym(String key, Set<String> synonyms) {
        Optional<Json.Member> other =
                rest.stream().filter(member -> synonyms.contains(member.name())).findFirst();
        if (other.isEmpty()) {
            return Optional.empty();
        }
        rest.remove(other.get());
        misnamed.add(key);
        Json value = other.get().value();
        faults.add(
                Fault.Kind.MISNAMED_KEY,
                value.line(),
                Engines.refusingWithout(key),
                Severity.ERROR,
                "key '" + word(other.get().name()) + "' of " + what + " is none that a runtime reads",
                "write '" + key + "'");
        return value.isNull() || !faults.guesses() ? Optional.empty() : Optional.of(value);
    }

    /** The elements of an array; what is meant to be one element counts as one. */
    ImmutableList<Json> elements(String key, String... synonyms) {
        Optional<Json> value = take(key, synonyms);
        if (value.isEmpty()) {
            return ImmutableList.of();
        }
        if (value.get() instanceof Json.Items items) {
            return items.list();
        }
        faults.wrongType(value.get(), key, "an array");
        return faults.guesses() && faults.reader().engine().isGo() ? ImmutableList.of(value.get()) : ImmutableList.of();
    }

    Optional<Located<String>> text(String key, String... synonyms) {
        return take(key, synonyms).flatMap(json -> text(key, json));
    }

    Optional<Located<String>> text(String key, Json json) {
        if (json instanceof Json.Text text) {
            return Optional.of(new Located<>(text.value(), json.line()));
        }
        if (LISTS.contains(key)) {
            faults.wrongElement(json, key, "a string");
        } else {
            faults.wrongType(json, key, "a string");
        }
        return Optional.empty();
    }

    Optional<DraftObject> object(String key, String name, Json json) {
        if (json instanceof Json.Fields inner) {
            return Optional.of(new DraftObject(faults, name, inner));
        }
        if (key.equals("args")) {
            faults.wrongElement(json, key, "an object");
        } else {
            faults.wrongType(json, key, "an object");
        }
        return Optional.empty();
    }

    /** A token of an enumeration, as it is spelt or as it was meant. */
    <T> Optional<Located<T>> token(
            Json json,
            String key,
            Fault.Kind kind,
            Set<Engine> refusedBy,
            Function<String, Optional<T>> find,
            Function<String, Optional<T>> guess,
            Function<T, String> spelling,
            T[] all) {
        Optional<Located<String>> text = text(key, json);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String token = text.get().value();
        Optional<T> known = find.apply(token);
        Optional<T> meant = known.or(() -> guess.apply(token));
        if (known.isEmpty()) {
            faults.refused(
                    kind,
                    json.line(),
                    refusedBy,
                    "'" + word(token) + "' in '" + key + "' " + effect(kind, refusedBy),
                    meant.map(value -> "write '" + spelling.apply(value) + "'")
                            .orElseGet(() -> "write one of "
                                    + Arrays.stream(all).map(spelling).collect(Collectors.joining(" "))));
        }
        return (faults.guesses() ? meant : known)
                .map(value -> new Located<>(value, text.get().line()));
    }

    private static String effect(Fault.Kind kind, Set<Engine> refusedBy) {
        if (kind == Fault.Kind.UNKNOWN_MACHINE) {
            return "is the name of no machine, and never matches";
        }
        if (refusedBy.equals(Engines.ALL)) {
            return "is unknown, and no container starts with it";
        }
        return "is unknown"
                + (refusedBy.isEmpty()
                        ? ", and ignored in the entry of another machine"
                        : ": " + Engines.list(refusedBy) + " start no container with it");
    }

    /** An unsigned number of at most 64 bits. */
    Optional<Located<Long>> number(String key, String... synonyms) {
        return take(key, synonyms)
                .flatMap(json -> DraftNumber.read(faults, key, json).map(number -> new Located<>(number, json.line())));
    }

    /** Ignores a key that no engine uses. */
    void ignore(String key) {
        rest.removeIf(member -> member.name().equals(key));
    }

    /** Notes the keys that are not read. */
    void noteTheRest(Collection<String> known) {
        for (int i = 0; i < rest.size(); i++) {
            Json.Member member = rest.get(i);
            Optional<String> meant = i < MOST_GUESSES ? Nearest.of(member.name(), known) : Optional.empty();
            faults.warning(
                    Fault.Kind.UNKNOWN_KEY,
                    member.value().line(),
                    "key '" + word(member.name()) + "' of " + what + " is unknown, and runtimes ignore it",
                    meant.map(key -> "write '" + key + "' or remove it").orElse("remove it"));
        }
    }

    static String word(String text) {
        return Printable.of(text, WORD);
    }
}
