package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.format.oci.Draft.WrittenCondition;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.json.Json;
import io.github.strait.profile.Action;
import io.github.strait.profile.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads one rule of a draft. */
final class DraftRuleReader {
    private static final ImmutableSet<String> KEYS =
            ImmutableSet.of("names", "action", "errnoRet", "args", "includes", "excludes", "comment");
    private static final ImmutableSet<String> CONDITION_KEYS = ImmutableSet.of("index", "value", "valueTwo", "op");

    private final DraftFaults faults;
    private final BiConsumer<Json.Fields, String> extension;

    DraftRuleReader(DraftFaults faults, BiConsumer<Json.Fields, String> extension) {
        this.faults = faults;
        this.extension = extension;
    }

    WrittenRule rule(int index, Json.Fields fields) {
        DraftReader.MOBY_KEYS.forEach(key -> extension.accept(fields, key));
        DraftObject rule = new DraftObject(faults, "a rule", fields);
        DraftScope scope = DraftScope.of(faults, rule);
        ImmutableList<Located<String>> names = names(rule, scope);
        Optional<Action> action = action(rule);
        Optional<Located<Long>> errno = rule.number("errnoRet", "errno_ret");
        Optional<Located<String>> symbol = rule.text("errno");
        List<Json> args = rule.elements("args", "arguments", "conditions");
        List<WrittenCondition> conditions = new ArrayList<>();
        for (Json json : args) {
            rule.object("args", "a condition", json.isNull() ? new Json.Fields(json.line(), ImmutableList.of()) : json)
                    .flatMap(this::condition)
                    .ifPresent(conditions::add);
        }
        Optional<String> comment = rule.text("comment").map(Located::value).filter(text -> !text.isEmpty());
        rule.noteTheRest(KEYS);
        return new WrittenRule(
                index,
                rule.line(),
                names,
                action,
                DraftReader.wide(errno),
                symbol,
                ImmutableList.copyOf(conditions),
                conditions.size() == args.size(),
                scope.scope(),
                scope.isNever(),
                comment);
    }

    private ImmutableList<Located<String>> names(DraftObject rule, DraftScope scope) {
        Optional<Located<String>> single = single(rule);
        ImmutableList.Builder<Located<String>> names = ImmutableList.builder();
        boolean missing = !rule.has("names");
        Optional<Json> json = rule.take("names", "syscall", "syscalls", "calls");
        List<Json> elements = json.map(value -> elements(value)).orElse(List.of());
        single.ifPresent(name -> noteSingle(name, json.isEmpty(), !elements.isEmpty(), scope));
        boolean reads =
                faults.guesses() || Engines.EXTENDED.contains(faults.reader().engine());
        single.filter(name -> reads && (elements.isEmpty() || faults.guesses())).ifPresent(names::add);
        for (Json element : elements) {
            name(rule, element).ifPresent(names::add);
        }
        if (elements.isEmpty() && single.isEmpty() && !rule.isMisnamed("names")) {
            faults.refused(
                    Fault.Kind.EMPTY_RULE,
                    rule.line(),
                    json.isEmpty() ? Engines.ONLY_CRUN : Engines.NONE,
                    "the rule has no 'names' and does nothing"
                            + (json.isEmpty() ? ", and crun refuses it" + (missing ? "" : ", as null is none") : ""),
                    "name the calls that it is for, or remove it");
        }
        return names.build();
    }

    private List<Json> elements(Json value) {
        if (value instanceof Json.Items items) {
            return items.list();
        }
        faults.wrongType(value, "names", "an array");
        return faults.guesses() ? List.of(value) : List.of();
    }

    /** A name ends at a NUL for libseccomp, whose strings are C's; null and, for crun, any other type is an empty one. */
    private Optional<Located<String>> name(DraftObject rule, Json json) {
        int line = json.line();
        if (!(json instanceof Json.Text) && !json.isNull()) {
            faults.refused(
                    Fault.Kind.WRONG_TYPE,
                    line,
                    Engines.GO,
                    "'names' takes a string, not " + json.kind(),
                    "write a string");
            return Optional.empty();
        }
        String text = json instanceof Json.Text name ? name.value() : "";
        int end = text.indexOf('\0');
        if (end >= 0) {
            faults.warning(
                    Fault.Kind.EMPTY_NAME,
                    line,
                    "'" + DraftObject.word(text) + "' ends for libseccomp at its NUL: it is '"
                            + DraftObject.word(text.substring(0, end)) + "'",
                    "write the name of a call");
            text = text.substring(0, end);
        }
        if (text.isEmpty()) {
            faults.refused(
                    Fault.Kind.EMPTY_NAME,
                    line,
                    end < 0 ? Engines.GO : Engines.NONE,
                    "an empty string in 'names' is not a call: Docker, Podman and runc start no container with it",
                    "name a call or remove it");
            return Optional.empty();
        }
        return Optional.of(new Located<>(text, line));
    }

    private Optional<Located<String>> single(DraftObject rule) {
        return rule.text("name").filter(name -> !name.value().isEmpty());
    }

    /** Docker and Podman look at the names of rules for their machine alone. */
    private void noteSingle(Located<String> name, boolean alone, boolean both, DraftScope scope) {
        boolean refuses = both && scope.mayApply(faults.reader().machine());
        faults.refused(
                Fault.Kind.SINGULAR_NAME,
                name.line(),
                refuses ? Engines.EXTENDED : alone ? Engines.ONLY_CRUN : Engines.NONE,
                both
                        ? "both 'name' and 'names' are given, which Docker and Podman refuse"
                        : "'name' is Moby's old key: Docker and Podman read it, runc ignores the rule, crun refuses to"
                                + " start",
                "write 'names' with an array");
    }

    private Optional<Action> action(DraftObject rule) {
        Optional<Json> json = rule.take("action");
        if (json.isEmpty()) {
            missing(rule, "action", "a rule");
            return Optional.empty();
        }
        return rule.token(
                        json.get(),
                        "action",
                        Fault.Kind.UNKNOWN_ACTION,
                        Engines.ALL,
                        Action::find,
                        Guess::action,
                        Action::token,
                        Action.values())
                .map(Located::value);
    }

    private Optional<WrittenCondition> condition(DraftObject arg) {
        long index = number(arg, "index", "arg", "argument");
        long value = number(arg, "value", "val");
        long valueTwo = arg.number("valueTwo", "value_two", "value2")
                .map(Located::value)
                .orElse(0L);
        Optional<Json> op = arg.take("op", "operator");
        if (op.isEmpty() && !arg.isMisnamed("op")) {
            missing(arg, "op", "a condition");
        }
        Optional<Operator> operator = op.flatMap(json -> arg.token(
                        json,
                        "op",
                        Fault.Kind.UNKNOWN_OPERATOR,
                        Engines.ALL,
                        Operator::find,
                        Guess::operator,
                        Operator::token,
                        Operator.values()))
                .map(Located::value);
        arg.noteTheRest(CONDITION_KEYS);
        return operator.map(known -> new WrittenCondition(arg.line(), index, known, value, valueTwo));
    }

    /** All engines read 0 where a number is missing. */
    private long number(DraftObject arg, String key, String... synonyms) {
        boolean before = arg.has(key)
                || (faults.guesses() && ImmutableList.copyOf(synonyms).stream().anyMatch(arg::has));
        if (!before) {
            faults.warning(
                    Fault.Kind.MISSING_KEY,
                    arg.line(),
                    "'" + key + "' of a condition is missing, and runtimes read 0",
                    "write the number that is meant");
        }
        return arg.number(key, synonyms).map(Located::value).orElse(0L);
    }

    private void missing(DraftObject object, String key, String what) {
        faults.refused(
                Fault.Kind.MISSING_KEY,
                object.line(),
                Engines.ALL,
                "'" + key + "' of " + what + " is missing, and no container starts",
                "add it");
    }
}
