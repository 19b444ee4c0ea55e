package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.format.Draft.WrittenCondition;
import io.github.strait.format.Draft.WrittenRule;
import io.github.strait.profile.Action;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Reads one rule of a draft. */
final class DraftRuleReader {
    private static final ImmutableSet<String> KEYS =
            ImmutableSet.of("names", "action", "errnoRet", "args", "includes", "excludes", "comment");
    private static final ImmutableSet<String> CONDITION_KEYS = ImmutableSet.of("index", "value", "valueTwo", "op");
    private static final Pattern CAPABILITY = Pattern.compile("CAP_[A-Z0-9_]+");
    private static final Pattern KERNEL = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}");

    private final DraftFaults faults;
    private final BiConsumer<DraftObject, String> extension;

    DraftRuleReader(DraftFaults faults, BiConsumer<DraftObject, String> extension) {
        this.faults = faults;
        this.extension = extension;
    }

    WrittenRule rule(int index, DraftObject rule) {
        DraftReader.MOBY_KEYS.forEach(key -> extension.accept(rule, key));
        ImmutableList<Located<String>> names = names(rule);
        Optional<Action> action = action(rule);
        Optional<Located<Long>> errno = rule.number("errnoRet", "errno_ret");
        symbol(faults, rule, "errno", "errnoRet");
        List<Json> args = rule.elements("args", "arguments", "conditions");
        List<WrittenCondition> conditions = new ArrayList<>();
        for (Json json : args) {
            rule.object("args", "a condition", json).flatMap(this::condition).ifPresent(conditions::add);
        }
        Scope scope = new Scope(clause(rule, "includes"), clause(rule, "excludes"));
        rule.take("comment");
        rule.noteTheRest(KEYS);
        return new WrittenRule(
                index,
                rule.line(),
                names,
                action,
                DraftReader.wide(errno),
                ImmutableList.copyOf(conditions),
                conditions.size() == args.size(),
                scope);
    }

    private ImmutableList<Located<String>> names(DraftObject rule) {
        boolean both = rule.has("name") && rule.has("names");
        Optional<Located<String>> single = rule.has("name") ? rule.text("name") : Optional.empty();
        ImmutableList.Builder<Located<String>> names = ImmutableList.builder();
        if (single.isPresent() && !single.get().value().isEmpty()) {
            faults.add(
                    Fault.Kind.SINGULAR_NAME,
                    single.get().line(),
                    both
                            ? "both 'name' and 'names' are given, which Docker refuses"
                            : "'name' is Moby's old key: Docker reads it, runc ignores the rule, crun refuses to start",
                    "write 'names' with an array");
            names.add(single.get());
        }
        for (Json json : rule.elements("names", "syscall", "syscalls", "calls")) {
            rule.text("names", json).ifPresent(names::add);
        }
        return names.build();
    }

    private Optional<Action> action(DraftObject rule) {
        Optional<Json> json = rule.take("action");
        if (json.isEmpty()) {
            missing(rule, "action", "a rule");
            return Optional.empty();
        }
        return rule.token(json.get(), "action", Fault.Kind.UNKNOWN_ACTION, Action::find, Guess::action, Action::token)
                .map(Located::value);
    }

    private Optional<WrittenCondition> condition(DraftObject arg) {
        Optional<Located<Long>> index = required(arg, "index", "arg", "argument");
        Optional<Located<Long>> value = required(arg, "value", "val");
        Optional<Located<Long>> valueTwo = arg.number("valueTwo", "value_two", "value2");
        Optional<Json> op = arg.take("op", "operator");
        if (op.isEmpty()) {
            missing(arg, "op", "a condition");
        }
        Optional<Operator> operator = op.flatMap(json -> arg.token(
                        json, "op", Fault.Kind.UNKNOWN_OPERATOR, Operator::find, Guess::operator, Operator::token))
                .map(Located::value);
        arg.noteTheRest(CONDITION_KEYS);
        if (index.isEmpty() || value.isEmpty() || operator.isEmpty()) {
            return Optional.empty();
        }
        long two = valueTwo.map(Located::value).orElse(0L);
        return Optional.of(new WrittenCondition(
                arg.line(), index.get().value(), operator.get(), value.get().value(), two));
    }

    private Optional<Located<Long>> required(DraftObject arg, String key, String... synonyms) {
        boolean before = arg.has(key) || ImmutableList.copyOf(synonyms).stream().anyMatch(arg::has);
        if (!before) {
            missing(arg, key, "a condition");
        }
        return arg.number(key, synonyms);
    }

    private void missing(DraftObject object, String key, String what) {
        faults.add(Fault.Kind.MISSING_KEY, object.line(), "'" + key + "' of " + what + " is missing", "add it");
    }

    private Scope.Clause clause(DraftObject rule, String key) {
        Optional<DraftObject> object = rule.take(key).flatMap(json -> rule.object(key, "'" + key + "'", json));
        if (object.isEmpty()) {
            return Scope.Clause.NONE;
        }
        DraftObject clause = object.get();
        List<Arch> arches = new ArrayList<>();
        for (Json json : clause.elements("arches")) {
            clause.token(
                            json,
                            "arches",
                            Fault.Kind.UNKNOWN_MACHINE,
                            Architectures::ofMobyName,
                            Guess::arch,
                            Arch::mobyName)
                    .ifPresent(arch -> arches.add(arch.value()));
        }
        List<String> caps = new ArrayList<>();
        for (Json json : clause.elements("caps")) {
            clause.text("caps", json)
                    .flatMap(text -> legal(text, text.value(), CAPABILITY, "a capability such as CAP_SYS_ADMIN"))
                    .ifPresent(caps::add);
        }
        Optional<KernelVersion> kernel = clause.text("minKernel")
                .flatMap(text -> legal(text, text.value(), KERNEL, "a kernel as MAJOR.MINOR, such as 5.3"))
                .map(KernelVersion::parse);
        clause.noteTheRest(ImmutableSet.of("arches", "caps", "minKernel"));
        return new Scope.Clause(ImmutableSortedSet.copyOf(arches), ImmutableSortedSet.copyOf(caps), kernel);
    }

    private Optional<String> legal(Located<String> where, String text, Pattern pattern, String wanted) {
        if (pattern.matcher(text).matches()) {
            return Optional.of(text);
        }
        faults.add(
                Fault.Kind.BAD_SCOPE,
                where.line(),
                "'" + DraftObject.word(text) + "' is not " + wanted + ", so that it never matches or Docker refuses it",
                "write " + wanted);
        return Optional.empty();
    }

    /** Podman's symbolic error; harmless beside the number, which everybody else reads. */
    static void symbol(DraftFaults faults, DraftObject object, String symbol, String number) {
        Optional<Located<String>> text = object.text(symbol);
        if (text.isPresent() && !object.has(number)) {
            faults.add(
                    Fault.Kind.SYMBOLIC_ERRNO,
                    text.get().line(),
                    "'" + symbol + "' with '" + DraftObject.word(text.get().value())
                            + "' is read by Podman and CRI-O; others answer EPERM",
                    "write the number as '" + number + "'");
        }
    }
}
