package io.github.strait.format.kafel;

import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the policy. The first entry for a call that matches decides. Kafel's names of calls are those of the kernel's
 * sources, so each call is defined as its number, which counts before a name.
 */
final class PolicyText {
    private static final int WIDTH = 100;
    private static final int TAB = 8;

    /** Above it a number reads better in base 16. */
    private static final int DECIMAL = 0xffff;

    private final String policy;
    private final Arch abi;
    private final Decision byDefault;
    private final ImmutableList<Rule> rules;
    private final SyscallTable table;
    private final StringBuilder text = new StringBuilder();

    PolicyText(String policy, Arch abi, Decision byDefault, ImmutableList<Rule> rules) {
        this.policy = policy;
        this.abi = abi;
        this.byDefault = byDefault;
        this.rules = rules;
        this.table = SyscallTable.of(abi);
    }

    String text() {
        text.append("// For ").append(abi.label()).append(": nsjail --seccomp_policy THIS-FILE ...\n");
        definitions();
        text.append("\nPOLICY ").append(policy).append(" {\n");
        String separator = "";
        for (List<Rule> block : blocks()) {
            text.append(separator).append('\t').append(action(block.get(0).decision()));
            text.append(" {\n").append(entries(block)).append("\n\t}");
            separator = ",\n";
        }
        text.append(separator.isEmpty() ? "" : "\n").append("}\n\nUSE ").append(policy);
        text.append(" DEFAULT ").append(action(byDefault)).append('\n');
        return text.toString();
    }

    private void definitions() {
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> unknown = new TreeSet<>();
        rules.forEach(rule -> rule.names().forEach(name -> (table.contains(name) ? names : unknown).add(name)));
        if (!unknown.isEmpty()) {
            text.append("// Calls without a number there are left out: ")
                    .append(String.join(" ", unknown))
                    .append('\n');
        }
        names.stream()
                .filter(PolicyText::isIdentifier)
                .forEach(name -> text.append("#define ")
                        .append(name)
                        .append(' ')
                        .append(number(name))
                        .append('\n'));
    }

    /** Kafel's identifiers begin with a letter. */
    private static boolean isIdentifier(String name) {
        return name.charAt(0) != '_';
    }

    private int number(String name) {
        return table.number(name).orElseThrow();
    }

    /** Rules for calls of the ABI, those with the same decision together as long as they follow each other. */
    private List<List<Rule>> blocks() {
        List<List<Rule>> blocks = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.names().stream().noneMatch(table::contains)) {
                continue;
            }
            if (blocks.isEmpty()
                    || !blocks.get(blocks.size() - 1).get(0).decision().equals(rule.decision())) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(rule);
        }
        return blocks;
    }

    private String entries(List<Rule> block) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (Rule rule : block) {
            String conditions = rule.isConditional() ? conditions(rule.conditions()) : "";
            for (String name : rule.names()) {
                if (!table.contains(name)) {
                    continue;
                }
                String entry = (isIdentifier(name) ? name : "SYSCALL[" + number(name) + "]") + conditions;
                boolean isApart = rule.isConditional() || line.indexOf("{") >= 0;
                if (line.length() > 0 && (isApart || 2 * TAB + line.length() + entry.length() > WIDTH)) {
                    lines.append("\t\t").append(line).append(",\n");
                    line = new StringBuilder();
                }
                line.append(line.length() > 0 ? ", " : "").append(entry);
            }
        }
        return lines.append("\t\t").append(line).toString();
    }

    /** Arguments that stand in parentheses are compared in all 64 bits. */
    private static String conditions(List<Condition> conditions) {
        int last = conditions.stream().mapToInt(Condition::index).max().orElseThrow();
        return IntStream.rangeClosed(0, last).mapToObj(index -> "a" + index).collect(Collectors.joining(", ", "(", ")"))
                + conditions.stream().map(PolicyText::condition).collect(Collectors.joining(" && ", " { ", " }"));
    }

    private static String condition(Condition condition) {
        String argument = "a" + condition.index();
        String value = value(condition.value());
        return switch (condition.operator()) {
            case NE -> argument + " != " + value;
            case LT -> argument + " < " + value;
            case LE -> argument + " <= " + value;
            case EQ -> argument + " == " + value;
            case GE -> argument + " >= " + value;
            case GT -> argument + " > " + value;
            case MASKED_EQ ->
                "(" + argument + " & " + value + ") == " + value(condition.valueTwo() & condition.value());
        };
    }

    private static String value(long value) {
        return Long.compareUnsigned(value, DECIMAL) <= 0 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }

    private static String action(Decision decision) {
        return switch (decision.action()) {
            case KILL_PROCESS -> "KILL_PROCESS";
            case KILL_THREAD -> "KILL";
            case TRAP -> "TRAP(0)";
            case ERRNO -> "ERRNO(" + decision.errno() + ")";
            case NOTIFY -> "USER_NOTIF";
            case TRACE -> "TRACE(" + decision.errno() + ")";
            case LOG -> "LOG";
            case ALLOW -> "ALLOW";
        };
    }
}
