package io.github.strait.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * How {@code check} reports. It shares the option {@code --format} with the format of the profile, as both are what the user
 * expects there; their names do not overlap, and one of each may be given.
 */
final class CheckReport {
    private static final String OPTION = "--format";
    private static final List<String> FORMATS = List.of("text", "json");

    private CheckReport() {}

    /** The words of a command line of {@code check} less those that are about the report. */
    static List<String> profileWords(List<String> words) {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean next = words.get(i).equals(OPTION) && i + 1 < words.size() && FORMATS.contains(words.get(i + 1));
            boolean one = FORMATS.stream().map(name -> OPTION + "=" + name).anyMatch(words.get(i)::equals);
            if (next) {
                i++;
            } else if (!one) {
                rest.add(words.get(i));
            }
        }
        return rest;
    }

    /** Whether the report is to be read by a program. */
    static boolean isJson(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            boolean next = words.get(i).equals(OPTION)
                    && i + 1 < words.size()
                    && words.get(i + 1).equals("json");
            if (next || words.get(i).equals(OPTION + "=json")) {
                return true;
            }
        }
        return false;
    }
}
