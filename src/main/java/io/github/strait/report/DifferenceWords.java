package io.github.strait.report;

import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Difference.ArgumentSet;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.DenialChange;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for differences, which their texts have in common. */
final class DifferenceWords {
    private static final String NO_RISK = "-";
    private static final int LONG = 120;
    private static final String TOO_LONG = "with some arguments, which -v lists";

    private DifferenceWords() {}

    /** ABIs with the same difference, in the order of the first of them. */
    static Map<OfArch, List<Arch>> groups(DifferenceReport report) {
        Map<OfArch, List<Arch>> groups = new LinkedHashMap<>();
        report.difference()
                .arches()
                .forEach((arch, of) ->
                        groups.computeIfAbsent(of, key -> new ArrayList<>()).add(arch));
        return groups;
    }

    static String labels(List<Arch> arches) {
        return arches.stream().map(Arch::label).collect(Collectors.joining(", "));
    }

    /** {@code 2 calls more, 1 call less, 1 denied call returns a different errno}. */
    static String counts(DifferenceReport report, OfArch of, UnaryOperator<String> quote) {
        List<String> counts = new ArrayList<>();
        if (of.inFirst() != of.inSecond()) {
            counts.add("only in " + quote.apply(of.inFirst() ? report.first() : report.second()));
        }
        add(counts, of.gained().size(), " call more", " calls more");
        add(counts, of.lost().size(), " call less", " calls less");
        int denied = of.denials().size() + (of.defaults().isPresent() ? 1 : 0);
        if (differInErrno(of)) {
            add(counts, denied, " denied call returns a different errno", " denied calls return a different errno");
        } else {
            add(counts, denied, " denied call differs", " denied calls differ");
        }
        return String.join(", ", counts);
    }

    /** Whether denied calls return an error on both sides. */
    private static boolean differInErrno(OfArch of) {
        return Stream.concat(
                        of.defaults().stream().flatMap(change -> Stream.of(change.first(), change.second())),
                        of.denials().stream().flatMap(change -> Stream.of(change.first(), change.second())))
                .allMatch(decision -> decision.action() == Action.ERRNO);
    }

    private static void add(List<String> counts, int count, String one, String several) {
        if (count > 0) {
            counts.add(count + (count == 1 ? one : several));
        }
    }

    static String riskClass(Change change) {
        return change.risk().map(risk -> risk.riskClass().label()).orElse(NO_RISK);
    }

    static String reason(Change change) {
        return change.risk().map(Risk::reason).orElse("no known risk");
    }

    /**
     * Calls, both decisions, and the arguments where only some are affected.
     *
     * @param arch one of those with the difference
     */
    static List<String[]> answers(DifferenceReport report, Arch arch, OfArch of) {
        List<String[]> rows = new ArrayList<>();
        of.defaults().ifPresent(answer -> rows.add(new String[] {"by default", change(answer), ""}));
        for (DenialChange answer : of.denials()) {
            String when = answer.when().equals(ArgumentSet.ALL)
                    ? ""
                    : named(report, answer.when(), with(new ArgumentSetWords(answer.syscall(), arch), answer.when()));
            rows.add(new String[] {answer.syscall(), change(answer), when});
        }
        return rows;
    }

    private static String change(DenialChange answer) {
        return answer.first() + " -> " + answer.second();
    }

    /**
     * {@code any → unix, inet}, {@code with AF_VSOCK}; conditions where there are no words, unless they are long.
     *
     * @param arch one of those with the change
     */
    static String arguments(DifferenceReport report, Arch arch, Change change) {
        ArgumentSetWords words = new ArgumentSetWords(change.syscall(), arch);
        String named = change.when().isUnless() ? "" : with(words, change.when());
        Optional<String> first = change.first().flatMap(words::of);
        Optional<String> second = change.second().flatMap(words::of);
        if (named.isEmpty() && first.isPresent() && second.isPresent() && !first.equals(second)) {
            named = first.get() + " → " + second.get();
        }
        return named(report, change.when(), named);
    }

    /** {@code with AF_VSOCK}; empty for a set that has no words. */
    private static String with(ArgumentSetWords words, ArgumentSet when) {
        return words.of(when)
                .map(values -> values.startsWith("without ") ? values : "with " + values)
                .orElse("");
    }

    /** The words, with the conditions where they are wanted; the conditions alone, unless they are long, without words. */
    private static String named(DifferenceReport report, ArgumentSet when, String words) {
        String conditions = arguments(when);
        if (words.isEmpty()) {
            return report.hasConditions() || conditions.length() <= LONG ? conditions : TOO_LONG;
        }
        return words + (report.hasConditions() ? " (" + conditions + ")" : "");
    }

    /** {@code with arg0 EQ 16}, {@code with arg0 2 to 5, arg1 EQ 1 or arg0 GT 40}, {@code unless arg0 EQ 16}. */
    static String arguments(ArgumentSet when) {
        if (when.equals(ArgumentSet.ALL)) {
            return "with all arguments";
        }
        if (when.equals(ArgumentSet.SOME)) {
            return "with some arguments, by too many conditions to list";
        }
        return (when.isUnless() ? "unless " : "with ")
                + when.alternatives().stream().map(DifferenceWords::alternative).collect(Collectors.joining(" or "));
    }

    private static String alternative(List<Condition> all) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Condition condition = all.get(i);
            boolean range = condition.operator() == Operator.GE
                    && i + 1 < all.size()
                    && all.get(i + 1).index() == condition.index();
            if (range) {
                i++;
                parts.add("arg" + condition.index() + " " + Long.toUnsignedString(condition.value()) + " to "
                        + Long.toUnsignedString(all.get(i).value()));
            } else {
                parts.add(condition.toString());
            }
        }
        return String.join(", ", parts);
    }

    static void flags(String sign, Set<Flag> flags, StringBuilder out) {
        for (Flag flag : flags) {
            out.append("flag: ").append(sign).append(' ').append(flag.token()).append('\n');
        }
    }
}
