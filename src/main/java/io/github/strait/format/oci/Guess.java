package io.github.strait.format.oci;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Guesses what a token was meant to be: words of other tools, tokens without their prefix, and misspelt ones. */
final class Guess {
    private static final ImmutableMap<String, Action> ACTIONS = ImmutableMap.<String, Action>builder()
            .put("ACCEPT", Action.ALLOW)
            .put("ALLOWED", Action.ALLOW)
            .put("PERMIT", Action.ALLOW)
            .put("AUDIT", Action.LOG)
            .put("DENY", Action.ERRNO)
            .put("BLOCK", Action.ERRNO)
            .put("REJECT", Action.ERRNO)
            .put("ERROR", Action.ERRNO)
            .put("EPERM", Action.ERRNO)
            .put("KILL", Action.KILL_PROCESS)
            .put("USER_NOTIF", Action.NOTIFY)
            .buildOrThrow();
    private static final ImmutableMap<String, Operator> OPERATORS = ImmutableMap.<String, Operator>builder()
            .put("==", Operator.EQ)
            .put("=", Operator.EQ)
            .put("EQUAL", Operator.EQ)
            .put("!=", Operator.NE)
            .put("NEQ", Operator.NE)
            .put("<", Operator.LT)
            .put("<=", Operator.LE)
            .put("LTE", Operator.LE)
            .put(">", Operator.GT)
            .put(">=", Operator.GE)
            .put("GTE", Operator.GE)
            .put("&", Operator.MASKED_EQ)
            .put("MASKED_EQUAL", Operator.MASKED_EQ)
            .buildOrThrow();

    private Guess() {}

    static Optional<Action> action(String text) {
        String word = word(text, "SCMP_ACT_", "SECCOMP_RET_", "ACT_");
        return guess(word, ACTIONS, Action.values(), Action::name);
    }

    static Optional<Operator> operator(String text) {
        String word = word(text, "SCMP_CMP_", "CMP_");
        return guess(word, OPERATORS, Operator.values(), Operator::name);
    }

    static Optional<Flag> flag(String text) {
        String word = word(text, "SECCOMP_FILTER_FLAG_", "FILTER_FLAG_", "SCMP_FLTATR_CTL_");
        return guess(word, ImmutableMap.of(), Flag.values(), Flag::name);
    }

    static Optional<Arch> arch(String text) {
        String word = word(text, "SCMP_ARCH_", "AUDIT_ARCH_", "ARCH_");
        return Arch.find(word).or(() -> guess(word, ImmutableMap.of(), Arch.values(), Arch::name));
    }

    private static <T> Optional<T> guess(
            String word, ImmutableMap<String, T> synonyms, T[] known, Function<T, String> name) {
        ImmutableMap<String, T> byName =
                Arrays.stream(known).collect(ImmutableMap.toImmutableMap(name, Function.identity()));
        return Optional.ofNullable(byName.get(word))
                .or(() -> Optional.ofNullable(synonyms.get(word)))
                .or(() -> Nearest.of(word, ImmutableSet.copyOf(byName.keySet())).map(byName::get));
    }

    private static String word(String text, String... prefixes) {
        String word = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (String prefix : prefixes) {
            if (word.startsWith(prefix)) {
                return word.substring(prefix.length());
            }
        }
        return word;
    }
}
