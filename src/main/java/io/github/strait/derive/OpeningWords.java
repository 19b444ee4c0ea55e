package io.github.strait.derive;

import io.github.strait.argument.ValueGroup;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Opening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What conditions let through, for the comment of a rule. */
final class OpeningWords {
    private OpeningWords() {}

    /**
     * {@code arguments: 2 values seen; 3 of the runtime; for what was seen: inet (tcp, udp); also open: unix (nscd and
     * syslog)}; what a row forbids has no values.
     */
    static String of(CallConditions conditions) {
        Map<String, String> opened = new LinkedHashMap<>();
        Map<String, String> always = new LinkedHashMap<>();
        int seen = 0;
        int ofRuntime = 0;
        for (Opening opening : conditions.openings()) {
            if (opening.group().isPresent()) {
                add(opening.group().get(), opening.seen().isPresent() ? opened : always);
            } else if (opening.isOfRuntime()) {
                ofRuntime++;
            } else {
                seen++;
            }
        }
        opened.forEach((name, why) -> always.remove(name));
        List<String> parts = new ArrayList<>();
        if (seen > 0) {
            parts.add(seen + (seen == 1 ? " value" : " values") + " seen");
        }
        if (ofRuntime > 0) {
            parts.add(ofRuntime + " of the runtime");
        }
        addAll("for what was seen: ", opened, parts);
        addAll("also open: ", always, parts);
        return "arguments: " + (parts.isEmpty() ? "without bits that were never seen" : String.join("; ", parts));
    }

    private static void add(ValueGroup group, Map<String, String> groups) {
        String known = groups.getOrDefault(group.name(), "");
        if (!known.contains(group.why())) {
            groups.put(group.name(), known.isEmpty() ? group.why() : known + ", " + group.why());
        }
    }

    private static void addAll(String title, Map<String, String> groups, List<String> parts) {
        List<String> words = new ArrayList<>();
        groups.forEach((name, why) -> words.add(name + " (" + why + ")"));
        if (!words.isEmpty()) {
            parts.add(title + String.join(", ", words));
        }
    }
}
