package io.github.strait.report;

import io.github.strait.profile.Condition;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.Answer;
import io.github.strait.profile.Difference.Arguments;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A difference for people: as text and as Markdown. The riskiest calls come first, each with the reason. */
public final class DifferenceReport {
    private static final String NO_RISK = "-";

    private final String first;
    private final String second;
    private final Difference difference;

    private DifferenceReport(String first, String second, Difference difference) {
        this.first = first;
        this.second = second;
        this.difference = difference;
    }

    /** As text; empty when there is no difference. */
    public static String text(String first, String second, Difference difference) {
        return new DifferenceReport(first, second, difference).text();
    }

    /** As Markdown, for the comments of a code review. */
    public static String markdown(String first, String second, Difference difference) {
        return new DifferenceReport(first, second, difference).markdown();
    }

    private String text() {
        if (difference.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("--- " + first + "\n+++ " + second + "\n");
        for (Map.Entry<OfArch, List<Arch>> entry : groups().entrySet()) {
            OfArch of = entry.getKey();
            out.append(labels(entry.getValue()))
                    .append(": ")
                    .append(counts(of, UnaryOperator.identity()))
                    .append('\n');
            out.append(lines("+", of.gained())).append(lines("-", of.lost()));
            for (String[] answer : answers(of)) {
                out.append("  ! ").append(answer[0]).append(": ").append(answer[1]);
                out.append(answer[2].isEmpty() ? "" : " " + answer[2]).append('\n');
            }
        }
        flags("+", difference.flagsGained(), out);
        flags("-", difference.flagsLost(), out);
        return out.toString();
    }

    /** ABIs with the same difference, in the order of the first of them. */
    private Map<OfArch, List<Arch>> groups() {
        Map<OfArch, List<Arch>> groups = new LinkedHashMap<>();
        difference
                .arches()
                .forEach((arch, of) ->
                        groups.computeIfAbsent(of, key -> new ArrayList<>()).add(arch));
        return groups;
    }

    private static String labels(List<Arch> arches) {
        return arches.stream().map(Arch::label).collect(Collectors.joining(", "));
    }

    /** {@code 2 calls more, 1 call less, 1 answer differs}. */
    private String counts(OfArch of, UnaryOperator<String> quote) {
        List<String> counts = new ArrayList<>();
        if (of.inFirst() != of.inSecond()) {
            counts.add("only in " + quote.apply(of.inFirst() ? first : second));
        }
        add(counts, of.gained().size(), " call more", " calls more");
        add(counts, of.lost().size(), " call less", " calls less");
        add(
                counts,
                answers(of).size(),
                " denied call returns a different errno",
                " denied calls return a different errno");
        return String.join(", ", counts);
    }

    private static void add(List<String> counts, int count, String one, String several) {
        if (count > 0) {
            counts.add(count + (count == 1 ? one : several));
        }
    }

    /** A line for each call that there is something to say about, and one for all the others. */
    private static String lines(String sign, List<Change> changes) {
        Columns columns = new Columns();
        List<String> plain = new ArrayList<>();
        boolean some = false;
        for (Change change : changes) {
            if (change.risk().isEmpty() && change.when().equals(Arguments.ALL)) {
                plain.add(change.syscall());
            } else {
                some = true;
                String with = change.when().equals(Arguments.ALL) ? "" : arguments(change.when()) + ": ";
                columns.row(sign + " " + change.syscall(), riskClass(change), with + reason(change));
            }
        }
        String rest = plain.isEmpty()
                ? ""
                : "  " + sign + " " + (some ? "and " + plain.size() + " of no known risk: " : "")
                        + String.join(" ", plain) + "\n";
        return columns.text(2) + rest;
    }

    private static String riskClass(Change change) {
        return change.risk().map(risk -> risk.riskClass().label()).orElse(NO_RISK);
    }

    private static String reason(Change change) {
        return change.risk().map(Risk::reason).orElse("no known risk");
    }

    /** Calls, both answers, and the arguments where not all are meant. */
    private static List<String[]> answers(OfArch of) {
        List<String[]> rows = new ArrayList<>();
        of.defaults().ifPresent(answer -> rows.add(new String[] {"by default", change(answer), ""}));
        for (Answer answer : of.answers()) {
            String when = answer.when().equals(Arguments.ALL) ? "" : arguments(answer.when());
            rows.add(new String[] {answer.syscall(), change(answer), when});
        }
        return rows;
    }

    private static String change(Answer answer) {
        return answer.first() + " -> " + answer.second();
    }

    /** {@code with arg0 EQ 16}, {@code with arg0 2 to 5, arg1 EQ 1 or arg0 GT 40}, {@code unless arg0 EQ 16}. */
    static String arguments(Arguments when) {
        if (when.equals(Arguments.ALL)) {
            return "with all arguments";
        }
        if (when.equals(Arguments.SOME)) {
            return "with some arguments, by too many conditions to list";
        }
        return (when.isUnless() ? "unless " : "with ")
                + when.alternatives().stream()
                        .map(DifferenceReport::alternative)
                        .collect(Collectors.joining(" or "));
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

    private static void flags(String sign, Set<Flag> flags, StringBuilder out) {
        for (Flag flag : flags) {
            out.append("flag: ").append(sign).append(' ').append(flag.token()).append('\n');
        }
    }

    private String markdown() {
        StringBuilder out = new StringBuilder("## Seccomp: " + code(first) + " → " + code(second) + "\n\n");
        if (difference.isEmpty()) {
            return out.append("Both allow the same.\n").toString();
        }
        for (Map.Entry<OfArch, List<Arch>> entry : groups().entrySet()) {
            OfArch of = entry.getKey();
            out.append("### ").append(escaped(labels(entry.getValue()))).append(": ");
            out.append(counts(of, DifferenceReport::code)).append("\n\n");
            table("+", of.gained(), "allowed now", out);
            table("-", of.lost(), "denied now", out);
            for (String[] answer : answers(of)) {
                String when = answer[2].isEmpty() ? "" : " " + escaped(answer[2]);
                out.append("- ").append(code(answer[0])).append(": ").append(escaped(answer[1]));
                out.append(when).append('\n');
            }
            out.append(answers(of).isEmpty() ? "" : "\n");
        }
        flags("+", difference.flagsGained(), out);
        flags("-", difference.flagsLost(), out);
        return out.toString();
    }

    private static void table(String sign, List<Change> changes, String title, StringBuilder out) {
        if (changes.isEmpty()) {
            return;
        }
        out.append("| | ").append(title).append(" | risk | arguments | why it matters |\n|---|---|---|---|---|\n");
        for (Change change : changes) {
            out.append("| ").append(sign).append(" | ").append(code(change.syscall()));
            out.append(" | ").append(riskClass(change));
            out.append(" | ").append(escaped(arguments(change.when())));
            out.append(" | ").append(escaped(reason(change))).append(" |\n");
        }
        out.append('\n');
    }

    private static String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("_", "\\_")
                .replace("*", "\\*");
    }
}
