package io.github.strait.derive;

import io.github.strait.argument.ValueGroup;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Opening;
import java.util.LinkedHashMap;
import java.util.Map;

/** What conditions let through, for the comment of a rule. */
final class OpeningWords {
    private OpeningWords() {}

    /**
     * {@code arguments: 2 values seen, 3 of the runtime, group unix (nscd and syslog)}; what a row forbids has no values.
     */
    static String of(CallConditions conditions) {
        Map<String, String> groups = new LinkedHashMap<>();
        int seen = 0;
        int ofRuntime = 0;
        for (Opening opening : conditions.openings()) {
            if (opening.group().isPresent()) {
                ValueGroup group = opening.group().get();
                String known = groups.getOrDefault(group.name(), "");
                String why = known.isEmpty() ? group.why() : known + ", " + group.why();
                groups.put(group.name(), known.contains(group.why()) ? known : why);
            } else if (opening.isOfRuntime()) {
                ofRuntime++;
            } else {
                seen++;
            }
        }
        StringBuilder words = new StringBuilder("arguments: ");
        String separator = "";
        if (seen > 0) {
            words.append(seen).append(seen == 1 ? " value" : " values").append(" seen");
            separator = ", ";
        }
        if (ofRuntime > 0) {
            words.append(separator).append(ofRuntime).append(" of the runtime");
            separator = ", ";
        }
        for (Map.Entry<String, String> group : groups.entrySet()) {
            words.append(separator)
                    .append("group ")
                    .append(group.getKey())
                    .append(" (")
                    .append(group.getValue())
                    .append(')');
            separator = ", ";
        }
        return separator.isEmpty() ? "arguments: without bits that were never seen" : words.toString();
    }
}
