package io.github.strait.format.kafel;

import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of Kafel that is written, and decides as its filter does: by the grammar and the generated code of its
 * sources, for there is no package of it to ask. All else is an error, as is a call that was not defined, which an older
 * Kafel may not know or may know by another number.
 */
final class KafelPolicy {
    private static final Pattern TOKEN = Pattern.compile(
            "\\G(?:[ \t\n]+|//[^\n]*)*+(#define|[A-Za-z][A-Za-z0-9_]*|0x[0-9a-f]+|0|[1-9][0-9]*|==|!=|<=|>=|&&|[<>&(){}\\[\\],])");
    private static final Pattern BLANK = Pattern.compile("(?:[ \t\n]+|//[^\n]*)*");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final List<String> WORDS = List.of(
            "SYSCALL",
            "ALLOW",
            "LOG",
            "USER_NOTIF",
            "ERRNO",
            "KILL_PROCESS",
            "KILL_THREAD",
            "KILL",
            "DENY",
            "TRAP",
            "TRACE",
            "USE",
            "POLICY",
            "DEFAULT",
            "define");
    private static final int MAX_VALUE = 0xffff;

    /** An entry for a call: what its arguments must satisfy, and what then happens. */
    private record Entry(int number, Predicate<long[]> holds, Decision decision) {}

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Long> constants = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Decision byDefault;
    private int at;

    /** The policy of this text. */
    KafelPolicy(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        check(BLANK.matcher(text.substring(end)).matches(), "what comes after " + tokens);
        while (taken("#define")) {
            String name = identifier();
            check(constants.put(name, number()) == null, "constant " + name + " again");
        }
        take("POLICY");
        String name = identifier();
        take("{");
        while (!peek("}")) {
            block();
            check(peek("}") || (taken(",") && !peek("}")), "comma");
        }
        take("}");
        take("USE");
        check(identifier().equals(name), "another policy");
        take("DEFAULT");
        byDefault = action();
        check(at == tokens.size(), "more after the default");
    }

    /** What the filter for this ABI does with a call. */
    Decision decide(Arch abi, SeccompData data) {
        if (data.arch().auditToken() != abi.auditToken()) {
            return Decision.of(Action.KILL_THREAD);
        }
        long[] arguments = data.args().toArray();
        return entries.stream()
                .filter(entry ->
                        entry.number() == data.number() && entry.holds().test(arguments))
                .map(Entry::decision)
                .findFirst()
                .orElse(byDefault);
    }

    private void block() {
        Decision decision = action();
        take("{");
        do {
            entry(decision);
        } while (taken(","));
        take("}");
    }

    private void entry(Decision decision) {
        int number = call();
        Map<String, Integer> arguments = new HashMap<>();
        if (taken("(")) {
            do {
                check(arguments.put(identifier(), arguments.size()) == null, "argument again");
            } while (taken(","));
            take(")");
        }
        check(arguments.size() <= 6, "arguments");
        Predicate<long[]> holds = data -> true;
        if (taken("{")) {
            do {
                holds = holds.and(comparison(arguments));
            } while (taken("&&"));
            take("}");
        }
        entries.add(new Entry(number, holds, decision));
    }

    private int call() {
        if (taken("SYSCALL")) {
            take("[");
            int number = (int) number();
            take("]");
            return number;
        }
        String name = identifier();
        check(constants.containsKey(name), "undefined call " + name);
        return (int) (long) constants.getOrDefault(name, -1L);
    }

    private Predicate<long[]> comparison(Map<String, Integer> arguments) {
        boolean isMasked = taken("(");
        String name = identifier();
        check(arguments.containsKey(name) && !constants.containsKey(name), "undefined argument " + name);
        int index = arguments.getOrDefault(name, -1);
        long mask = -1;
        if (isMasked) {
            take("&");
            mask = number();
            take(")");
        }
        long bits = mask;
        String operator = tokens.get(at++);
        long value = number();
        IntPredicate fits = switch (operator) {
            case "==" -> order -> order == 0;
            case "!=" -> order -> order != 0;
            case "<" -> order -> order < 0;
            case "<=" -> order -> order <= 0;
            case ">" -> order -> order > 0;
            case ">=" -> order -> order >= 0;
            default -> throw new IllegalArgumentException("operator " + operator);
        };
        return data -> fits.test(Long.compareUnsigned(data[index] & bits, value));
    }

    private Decision action() {
        String word = tokens.get(at++);
        return switch (word) {
            case "ALLOW" -> Decision.of(Action.ALLOW);
            case "LOG" -> Decision.of(Action.LOG);
            case "USER_NOTIF" -> Decision.of(Action.NOTIFY);
            case "KILL" -> Decision.of(Action.KILL_THREAD);
            case "KILL_PROCESS" -> Decision.of(Action.KILL_PROCESS);
            case "ERRNO" -> Decision.of(Action.ERRNO, OptionalInt.of(argument()));
            case "TRACE" -> Decision.of(Action.TRACE, OptionalInt.of(argument()));
            case "TRAP" -> {
                check(argument() == 0, "trap");
                yield Decision.of(Action.TRAP);
            }
            default -> throw new IllegalArgumentException("action " + word);
        };
    }

    private int argument() {
        take("(");
        long number = number();
        take(")");
        check(number <= MAX_VALUE, "value");
        return (int) number;
    }

    private boolean peek(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private boolean taken(String token) {
        boolean isNext = peek(token);
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void take(String token) {
        check(taken(token), token);
    }

    private String identifier() {
        String token = tokens.get(at++);
        check(IDENTIFIER.matcher(token).matches() && !WORDS.contains(token), "identifier");
        return token;
    }

    private long number() {
        String token = tokens.get(at++);
        return token.startsWith("0x") ? Long.parseUnsignedLong(token.substring(2), 16) : Long.parseUnsignedLong(token);
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("token " + at + ": " + what + " in " + tokens);
        }
    }
}
