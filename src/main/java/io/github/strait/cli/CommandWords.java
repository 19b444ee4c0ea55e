package io.github.strait.cli;

import io.github.strait.diagnostic.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a command line, to be shown as a line that a shell reads back as the same words. */
final class CommandWords {
    private static final String PROFILE = "--profile";
    private static final String FORMAT = "--format";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private CommandWords() {}

    /**
     * The {@code generate} that writes the profile which this {@code check} compares, with the same options.
     *
     * @param check the words of the {@code check}
     * @param evidence those of them that name evidence; their order does not matter to what is written
     */
    static String generate(List<String> check, List<String> evidence) {
        List<String> words = new ArrayList<>(List.of("strait", "generate"));
        // a name that looks like an option
        evidence.stream()
                .distinct()
                .sorted()
                .map(name -> name.startsWith("-") && name.length() > 1 ? "./" + name : name)
                .forEach(words::add);
        List<String> left = new ArrayList<>(evidence);
        String profile = "FILE";
        for (int i = check.indexOf("check") + 1; i < check.size(); i++) {
            String word = check.get(i);
            if (word.equals(PROFILE) && i + 1 < check.size()) {
                i++;
                profile = check.get(i);
            } else if (word.startsWith(PROFILE + "=")) {
                profile = word.substring(PROFILE.length() + 1);
            } else if (word.equals(FORMAT) && i + 1 < check.size() && FormatValue.isOfReport(check.get(i + 1))) {
                i++;
            } else if (word.startsWith(FORMAT + "=") && FormatValue.isOfReport(word.substring(FORMAT.length() + 1))) {
                continue;
            } else if (!left.remove(word) && !word.equals("--")) {
                words.add(word);
            }
        }
        words.addAll(List.of("-o", profile));
        return line(words);
    }

    /** One line for a POSIX shell. A line with control characters shows them as escapes and cannot be pasted. */
    static String line(List<String> words) {
        return Printable.of(
                String.join(" ", words.stream().map(CommandWords::quoted).toList()));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
