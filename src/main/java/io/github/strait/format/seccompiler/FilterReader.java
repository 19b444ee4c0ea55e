package io.github.strait.format.seccompiler;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Printable;
import io.github.strait.format.DocumentText;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the filter of a file with one thread, where Firecracker's and rust-vmm's readers agree about it: unknown keys, and a
 * call with both a rule for all arguments and another, are refused.
 */
final class FilterReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TOKENS = 1_000_000;
    private static final int WORD = 60;
    private static final long LOW = 0xffffffffL;
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final DocumentText source;
    private final Arch abi;

    FilterReader(DocumentText source, Arch abi) {
        this.source = source;
        this.abi = abi;
    }

    /** What rules share that are one in the profile. */
    private record Key(ImmutableList<Condition> conditions, Optional<String> comment) {}

    /** The profile, for the machine that reads it: a file does not name one. */
    Profile profile() {
        if (abi != Arch.X86_64 && abi != Arch.AARCH64 && abi != Arch.RISCV64) {
            throw source.error(
                    0, "a seccompiler filter is for x86_64, aarch64 or riscv64, not " + abi.label() + "; use --arch");
        }
        Json.Fields thread = thread();
        Decision byDefault = decision(either(thread, "default_action", "mismatch_action"));
        Decision matched = decision(either(thread, "filter_action", "match_action"));
        if (byDefault.equals(matched)) {
            throw source.error(thread.line(), "both actions are the same, which seccompiler refuses; change one");
        }
        Map<Key, List<String>> rules = new LinkedHashMap<>();
        Map<String, Boolean> seen = new HashMap<>();
        for (Json json : items(required(thread, "filter"), "filter")) {
            rule(fields(json, "a rule", Set.of("syscall", "args", "comment")), rules, seen);
        }
        Profile.Builder profile = Profile.builder(byDefault.action()).architectures(abi);
        if (byDefault.action().takesErrno()) {
            if (byDefault.errno() == 0) {
                throw source.error(thread.line(), "error 0 makes every denied call seem to succeed; write 1 (EPERM)");
            }
            profile.defaultErrnoRet(byDefault.errno());
        }
        rules.forEach((key, names) -> {
            Rule.Builder rule = Rule.builder(matched.action()).names(names).conditions(key.conditions());
            if (matched.action().takesErrno()) {
                rule.errnoRet(matched.errno());
            }
            key.comment().ifPresent(rule::comment);
            profile.rule(rule.build());
        });
        return profile.build();
    }

    private Json.Fields thread() {
        Json root;
        try {
            root = new JsonReader(JsonReader.Leniency.NONE, MAX_DEPTH, MAX_TOKENS).read(source.text());
        } catch (JsonException e) {
            String first = e.message().lines().findFirst().orElse("unexpected text");
            throw source.error(Math.max(1, e.line()), "not JSON that seccompiler reads: " + first);
        }
        List<Json.Member> threads = root instanceof Json.Fields fields ? fields.members() : ImmutableList.of();
        if (threads.size() != 1) {
            throw source.error(
                    root.line(),
                    threads.size() + " threads, and a profile is one filter: "
                            + word(String.join(
                                    " ", threads.stream().map(Json.Member::name).toList()))
                            + "; keep one of them, with jq '{NAME}' FILE");
        }
        return fields(
                threads.get(0).value(),
                "a thread",
                Set.of("default_action", "mismatch_action", "filter_action", "match_action", "filter"));
    }

    private void rule(Json.Fields rule, Map<Key, List<String>> rules, Map<String, Boolean> seen) {
        String name = text(required(rule, "syscall"), "syscall");
        if (!SyscallTable.of(abi).contains(name)) {
            throw source.error(
                    rule.line(), abi.label() + " has no call '" + word(name) + "', and seccompiler refuses it");
        }
        Optional<Json> args = rule.find("args");
        ImmutableList<Condition> conditions = args.isPresent() ? conditions(args.get()) : ImmutableList.of();
        Boolean before = seen.putIfAbsent(name, args.isPresent());
        if (before != null && (!before || args.isEmpty())) {
            throw source.error(
                    rule.line(),
                    "'" + name + "' has a rule for all arguments and another, of which Firecracker takes the first and"
                            + " rust-vmm the second; remove one");
        }
        Optional<String> comment =
                rule.find("comment").map(json -> text(json, "comment")).filter(text -> !text.isEmpty());
        rules.computeIfAbsent(new Key(conditions, comment), unseen -> new ArrayList<>())
                .add(name);
    }

    private ImmutableList<Condition> conditions(Json args) {
        ImmutableList<Json> list = items(args, "args");
        if (list.isEmpty()) {
            throw source.error(args.line(), "'args' is empty, which seccompiler refuses; remove it");
        }
        ImmutableList.Builder<Condition> conditions = ImmutableList.builder();
        Set<Integer> arguments = new HashSet<>();
        for (Json json : list) {
            Condition condition =
                    condition(fields(json, "a condition", Set.of("index", "type", "op", "val", "comment")));
            if (!arguments.add(condition.index())) {
                throw source.error(
                        json.line(),
                        "two conditions on argument " + condition.index()
                                + " must both hold there, which a profile cannot say; write one");
            }
            conditions.add(condition);
        }
        return conditions.build();
    }

    private Condition condition(Json.Fields json) {
        long index = number(required(json, "index"), "index");
        if (index < 0 || index >= Condition.ARGUMENTS) {
            throw source.error(json.line(), "'index' counts from 0 to 5");
        }
        String type = text(required(json, "type"), "type");
        if (!type.equals("dword") && !type.equals("qword")) {
            throw source.error(json.line(), "'type' is dword or qword, not '" + word(type) + "'");
        }
        boolean isWide = type.equals("qword");
        long value = number(required(json, "val"), "val");
        Json op = required(json, "op");
        if (op instanceof Json.Fields masked) {
            long mask = number(required(fields(masked, "'op'", Set.of("masked_eq")), "masked_eq"), "masked_eq");
            return masked(json, (int) index, mask, isWide, value);
        }
        Operator operator = operator(op);
        if (isWide) {
            return Condition.of((int) index, operator, value);
        }
        if (operator != Operator.EQ || (value & ~LOW) != 0) {
            throw source.error(
                    json.line(),
                    "a dword is compared by its low 32 bits, and a profile can say that of eq and masked_eq alone;"
                            + " write qword");
        }
        return Condition.maskedEqual((int) index, LOW, value);
    }

    private Condition masked(Json.Fields json, int index, long mask, boolean isWide, long value) {
        long whole = isWide ? mask : mask & LOW;
        if ((value & ~whole) != 0) {
            throw source.error(json.line(), "'val' has bits outside of the mask; correct it");
        }
        if (whole == 0) {
            throw source.error(json.line(), "a mask without bits compares nothing; remove the condition");
        }
        return Condition.maskedEqual(index, whole, value);
    }

    private Operator operator(Json op) {
        String name = text(op, "op");
        return ImmutableList.copyOf(Operator.values()).stream()
                .filter(each -> each != Operator.MASKED_EQ
                        && each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> source.error(
                        op.line(), "unknown operator '" + word(name) + "'; known are eq ne lt le gt ge and masked_eq"));
    }

    private Decision decision(Json json) {
        if (json instanceof Json.Fields object && object.members().size() == 1) {
            Json.Member member = object.members().get(0);
            Optional<Action> action = ImmutableSet.of(Action.ERRNO, Action.TRACE).stream()
                    .filter(each -> FilterText.word(each).equals(member.name()))
                    .findFirst();
            long errno = number(member.value(), member.name());
            if (action.isPresent() && errno >= 0 && errno < 4096) {
                return Decision.of(action.get(), OptionalInt.of((int) errno));
            }
        } else if (json instanceof Json.Text text) {
            for (Action action : Action.values()) {
                if (!action.takesErrno()
                        && action != Action.NOTIFY
                        && FilterText.word(action).equals(text.value())) {
                    return Decision.of(action);
                }
            }
        }
        throw source.error(
                json.line(),
                "an action is allow, log, trap, kill_thread, kill_process, {\"errno\": N} or {\"trace\": N}, N up to 4095");
    }

    private Json either(Json.Fields thread, String key, String synonym) {
        Optional<Json> first = thread.find(key);
        Optional<Json> second = thread.find(synonym);
        if (first.isPresent() == second.isPresent()) {
            throw source.error(
                    thread.line(),
                    first.isPresent()
                            ? "'" + key + "' and '" + synonym + "' are one key; remove one"
                            : "'" + key + "' is missing");
        }
        return first.or(() -> second).orElseThrow();
    }

    private Json required(Json.Fields fields, String key) {
        return fields.find(key).orElseThrow(() -> source.error(fields.line(), "'" + key + "' is missing"));
    }

    private Json.Fields fields(Json json, String what, Set<String> known) {
        if (!(json instanceof Json.Fields fields)) {
            throw source.error(json.line(), what + " is an object, not " + json.kind());
        }
        for (Json.Member member : fields.members()) {
            if (!known.contains(member.name())) {
                throw source.error(
                        member.value().line(),
                        "key '" + word(member.name()) + "' of " + what + " is unknown, and rust-vmm refuses it");
            }
        }
        return fields;
    }

    private ImmutableList<Json> items(Json json, String key) {
        if (json instanceof Json.Items items) {
            return items.list();
        }
        throw source.error(json.line(), "'" + key + "' is an array, not " + json.kind());
    }

    private String text(Json json, String key) {
        if (json instanceof Json.Text text) {
            return text.value();
        }
        throw source.error(json.line(), "'" + key + "' is a string, not " + json.kind());
    }

    private long number(Json json, String key) {
        if (json instanceof Json.Numeral numeral
                && numeral.spelling().length() <= 20
                && numeral.spelling().chars().allMatch(c -> c >= '0' && c <= '9')) {
            BigInteger value = new BigInteger(numeral.spelling());
            if (value.compareTo(MOST) < 0) {
                return value.longValue();
            }
        }
        throw source.error(json.line(), "'" + key + "' is an unsigned number of 64 bits, not " + json.kind());
    }

    private static String word(String text) {
        return Printable.of(text, WORD);
    }
}
