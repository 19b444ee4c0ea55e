package io.github.strait.report;

import io.github.strait.condition.Obstacle;
import io.github.strait.diagnostic.Printable;
import io.github.strait.report.ExplainedCondition.Part;
import java.util.ArrayList;
import java.util.List;

/** The conditions on a call as text. */
final class ExplainedConditionText {
    private static final String NEXT = "\n           · ";

    private ExplainedConditionText() {}

    /**
     * {@code condition: AF_INET (tcp, udp): seen, first F:L, runs 2 of 3}, and a line for each other part.
     *
     * @param runs how many there are
     */
    static String of(ExplainedCondition condition, int runs) {
        return "  condition: " + String.join(NEXT, lines(condition, runs)) + "\n";
    }

    /** A line for each part of the condition, for what it leaves out, and for why there is none. */
    static List<String> lines(ExplainedCondition condition, int runs) {
        List<String> lines = new ArrayList<>();
        if (condition.isConditional()) {
            condition.parts().forEach(part -> lines.add(part(part, runs)));
            if (!condition.limits().isEmpty()) {
                String each = condition.parts().isEmpty() ? "" : "in each case ";
                lines.add(each + String.join(", and ", condition.limits()));
            }
            lines.add("all else " + condition.errno());
        }
        String without = condition.isConditional() ? "not compared: " : "none: ";
        condition.obstacles().forEach(obstacle -> lines.add(without + words(obstacle)));
        if (lines.isEmpty()) {
            lines.add("none: the evidence needs all that the catalogue would forbid");
        }
        return lines;
    }

    private static String part(Part part, int runs) {
        if (part.seen().isEmpty()) {
            return part.values() + ": " + (part.group().isEmpty() ? "needed by the runtime" : "group, " + part.why());
        }
        String why = part.group().isEmpty() ? "" : " (" + part.why() + ")";
        String first = "first " + Printable.of(part.seen().get().first().toString());
        return part.values()
                + why
                + (part.runs() == 0 && !part.isOfPartialRun()
                        ? ": seen of a call that it stands in for, " + first
                        : ": seen, " + first + ", " + ExplanationText.ofRuns(part.runs(), runs));
    }

    /** {@code argument 1 unknown in 3 calls, first at F:L; record with: strait record}. */
    private static String words(Obstacle obstacle) {
        return obstacle.words()
                + obstacle.at()
                        .map(at -> ", first at " + Printable.of(at.toString()))
                        .orElse("")
                + obstacle.remedy().map(remedy -> "; " + remedy).orElse("");
    }
}
