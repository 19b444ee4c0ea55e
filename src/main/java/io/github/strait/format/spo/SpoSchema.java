package io.github.strait.format.spo;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.oci.Documents;
import io.github.strait.json.Json;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the API server takes for a {@code SeccompProfile}, read in the resource's definition, v1beta1 and v1. Tokens of
 * actions, operators and flags are those of runtimes, and are left to the reader of the profile.
 */
final class SpoSchema {
    /** The version that old and new operators serve. */
    static final String VERSION = "security-profiles-operator.x-k8s.io/v1beta1";

    static final ImmutableSet<String> ARCHITECTURES = architectures();

    /** Keys of {@code spec} that the operator reads, and not the runtime. */
    static final ImmutableSet<String> OF_OPERATOR = ImmutableSet.of("disabled", "baseProfileName");

    /** The only folder for sockets. */
    static final String LISTENERS = "/var/run/security-profiles-operator/";

    private static final ImmutableSet<String> OBJECT =
            ImmutableSet.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final ImmutableSet<String> SPEC = ImmutableSet.of(
            "disabled",
            "baseProfileName",
            "defaultAction",
            "architectures",
            "flags",
            "listenerPath",
            "listenerMetadata",
            "syscalls");
    private static final ImmutableSet<String> RULE = ImmutableSet.of("names", "action", "errnoRet", "args");
    private static final ImmutableSet<String> CONDITION = ImmutableSet.of("index", "op", "value", "valueTwo");

    private static final ImmutableSet<String> VERSIONS =
            ImmutableSet.of(VERSION, "security-profiles-operator.x-k8s.io/v1");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LISTENER = Pattern.compile(Pattern.quote(LISTENERS) + "[a-zA-Z0-9_.-]+");
    private static final int LONGEST_PATH = 107;
    private static final int LONGEST_NAME = 63;
    private static final int MOST_CONDITIONS = 6;
    private static final int MOST_ERRNO = 4095;
    private static final int WORD = 60;

    private final Documents documents;

    SpoSchema(Documents documents) {
        this.documents = documents;
    }

    private static ImmutableSet<String> architectures() {
        ImmutableSet.Builder<String> tokens = ImmutableSet.builder();
        for (String name :
                "X86 X86_64 X32 ARM AARCH64 MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE"
                        .concat(" S390 S390X PARISC PARISC64 RISCV64")
                        .split(" ")) {
            tokens.add("SCMP_ARCH_" + name);
        }
        return tokens.build();
    }

    static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    static boolean isListenerPath(String path) {
        return path.length() <= LONGEST_PATH && LISTENER.matcher(path).matches();
    }

    /** Refuses an object for the first thing that the API server or the operator would refuse or drop. */
    void check(Json.Fields object) {
        keys(object, "the object", OBJECT);
        String version = KubernetesObject.text(object, "apiVersion");
        if (!VERSIONS.contains(version)) {
            throw error(
                    object,
                    "apiVersion '" + Printable.of(version, WORD) + "' is not one that the operator serves; write "
                            + VERSION);
        }
        Json.Fields metadata = fields(object, "metadata", "the object");
        String name = KubernetesObject.text(metadata, "name");
        if (!isName(name)) {
            throw error(
                    metadata,
                    "metadata.name '" + Printable.of(name, WORD) + "' is not " + LONGEST_NAME
                            + " lower-case letters, digits, hyphens and dots at most");
        }
        spec(fields(object, "spec", "the object"));
    }

    private void spec(Json.Fields spec) {
        keys(spec, "spec", SPEC);
        spec.find("baseProfileName")
                .filter(value ->
                        !(value instanceof Json.Text text && text.value().isEmpty()))
                .ifPresent(value -> {
                    throw error(
                            value,
                            "baseProfileName: the operator unites this profile with another one, which is not in the file;"
                                    + " merge both with: strait merge, and remove the key");
                });
        spec.find("disabled").ifPresent(value -> {
            if (!(value instanceof Json.Literal literal && literal.word().equals("false"))) {
                throw error(value, "the operator installs no profile with 'disabled'; remove the key");
            }
        });
        text(spec, "defaultAction", "spec");
        texts(spec, "architectures").forEach(value -> {
            if (!ARCHITECTURES.contains(value.value())) {
                throw error(
                        value,
                        "'" + Printable.of(value.value(), WORD)
                                + "' in 'architectures' is not one that the resource's schema and runtimes know; write one of "
                                + String.join(" ", ARCHITECTURES));
            }
        });
        texts(spec, "flags");
        spec.find("listenerPath").ifPresent(value -> {
            if (!(value instanceof Json.Text text && isListenerPath(text.value()))) {
                throw error(value, "the API server takes a listenerPath in " + LISTENERS + " alone");
            }
        });
        for (Json rule : items(spec, "syscalls")) {
            rule(fields(rule, "an element of 'syscalls'"));
        }
    }

    private void rule(Json.Fields rule) {
        keys(rule, "a rule", RULE);
        text(rule, "action", "a rule");
        if (texts(rule, "names").isEmpty()) {
            throw error(rule, "a rule without 'names' is refused by the API server; name the calls that it is for");
        }
        rule.find("errnoRet").ifPresent(value -> {
            if (number(value, "errnoRet", MOST_ERRNO).signum() == 0) {
                throw error(
                        value,
                        "errnoRet 0 is dropped by the operator, and the call returns EPERM; write 1, or another number");
            }
        });
        List<Json> conditions = items(rule, "args");
        if (conditions.size() > MOST_CONDITIONS) {
            throw error(rule, "a rule has " + MOST_CONDITIONS + " conditions at most");
        }
        for (Json each : conditions) {
            Json.Fields condition = fields(each, "an element of 'args'");
            keys(condition, "a condition", CONDITION);
            text(condition, "op", "a condition");
            number(required(condition, "index", "a condition"), "index", MOST_CONDITIONS - 1);
            condition.find("value").ifPresent(value -> number(value, "value", Long.MAX_VALUE));
            condition.find("valueTwo").ifPresent(value -> number(value, "valueTwo", Long.MAX_VALUE));
        }
    }

    private RefusalException error(Json at, String message) {
        return documents.error(at.line(), message);
    }

    private void keys(Json.Fields fields, String what, ImmutableSet<String> known) {
        Set<String> seen = new HashSet<>();
        for (Json.Member member : fields.members()) {
            String name = member.name();
            if (!known.contains(name)) {
                throw error(
                        member.value(),
                        "key '" + Printable.of(name, WORD) + "' of " + what
                                + " is dropped by the API server without a word"
                                + Nearest.of(name, known)
                                        .map(key -> "; write '" + key + "' or remove it")
                                        .orElse("; remove it"));
            }
            if (!seen.add(name)) {
                throw error(member.value(), "key '" + name + "' comes twice; remove one");
            }
            if (member.value().isNull()) {
                throw error(member.value(), "key '" + name + "' has no value; remove it");
            }
        }
    }

    private Json required(Json.Fields fields, String key, String what) {
        return fields.find(key).orElseThrow(() -> error(fields, "'" + key + "' of " + what + " is missing; add it"));
    }

    private Json.Fields fields(Json.Fields fields, String key, String what) {
        return fields(required(fields, key, what), "'" + key + "'");
    }

    private Json.Fields fields(Json value, String what) {
        if (value instanceof Json.Fields fields) {
            return fields;
        }
        throw error(value, what + " is an object, not " + value.kind());
    }

    private List<Json> items(Json.Fields fields, String key) {
        Json value = fields.find(key).orElse(null);
        if (value == null || value instanceof Json.Items) {
            return value instanceof Json.Items items ? items.list() : List.of();
        }
        throw error(value, "'" + key + "' is a list, not " + value.kind());
    }

    /** The elements of a set. */
    private List<Json.Text> texts(Json.Fields fields, String key) {
        Set<String> seen = new HashSet<>();
        return items(fields, key).stream()
                .map(value -> {
                    Json.Text text = text(value, key);
                    if (!seen.add(text.value())) {
                        throw error(
                                value,
                                "'" + Printable.of(text.value(), WORD) + "' comes twice in '" + key
                                        + "', which the API server refuses; remove one");
                    }
                    return text;
                })
                .toList();
    }

    private void text(Json.Fields fields, String key, String what) {
        text(required(fields, key, what), key);
    }

    private Json.Text text(@Nullable Json value, String key) {
        if (value instanceof Json.Text text) {
            return text;
        }
        throw documents.error(
                value == null ? 0 : value.line(),
                "'" + key + "' takes text, not " + (value == null ? "nothing" : value.kind()));
    }

    private BigInteger number(Json value, String key, long most) {
        String spelling = value instanceof Json.Numeral numeral ? numeral.spelling() : "";
        BigInteger number = spelling.matches("[0-9]{1,20}") ? new BigInteger(spelling) : BigInteger.valueOf(-1);
        if (number.signum() < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw error(
                    value,
                    "'" + key + "' takes a whole number from 0 to " + most + ", not "
                            + (value instanceof Json.Text ? "text" : value.kind()));
        }
        return number;
    }
}
