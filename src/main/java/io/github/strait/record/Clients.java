package io.github.strait.record;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Optional;

/** Commands that have another process do the work, such as {@code docker run}: strace follows them and sees none of it. */
public final class Clients {
    /** The greatest number of nested commands that are examined. */
    private static final int DEPTH = 8;

    private static final ImmutableList<Row> ROWS = rows();

    /** A line of the table. */
    private record Row(String kind, String name, String value, String more) {
        boolean is(String command) {
            return name.endsWith("*") ? command.startsWith(name.substring(0, name.length() - 1)) : command.equals(name);
        }

        boolean takesWord(String option) {
            return TableResource.words(more).contains(option);
        }
    }

    private Clients() {}

    /** The warning for a command that only asks another process; empty for one that does the work itself, as far as is known. */
    public static Optional<Diagnostic> warning(List<String> command) {
        List<String> words = command;
        for (int i = 0; i < DEPTH && !words.isEmpty(); i++) {
            String name = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
            Optional<Row> row = ROWS.stream().filter(each -> each.is(name)).findFirst();
            if (row.isEmpty()) {
                return Optional.empty();
            }
            List<String> rest = words.subList(1, words.size());
            switch (row.get().kind()) {
                case "wrapper" -> words = behind(row.get(), rest);
                case "shell" -> words = script(rest);
                default -> {
                    return Optional.of(Diagnostic.warning("client", null, text(row.get(), name)));
                }
            }
        }
        return Optional.empty();
    }

    private static String text(Row row, String name) {
        String who = switch (row.kind()) {
            case "engine" -> " asks an engine to start the container: this records the client, and not the container; ";
            case "runtime" -> " is a container runtime; ";
            case "manager" ->
                " asks another process to start the program: this records the client, and not the program; ";
            default -> " asks another machine: this records the client, and not the program; ";
        };
        return Printable.of(name) + who + row.more();
    }

    /**
     * The command that a wrapper starts: the words after its options and the assignments of {@code env} and
     * {@code sudo}.
     */
    private static List<String> behind(Row wrapper, List<String> words) {
        int i = 0;
        while (i < words.size() && (words.get(i).startsWith("-") || isAssignment(words.get(i)))) {
            if (words.get(i).equals("--")) {
                i++;
                break;
            }
            i += wrapper.takesWord(words.get(i)) ? 2 : 1;
        }
        int first = i + Integer.parseInt(wrapper.value());
        return first < words.size() ? words.subList(first, words.size()) : List.of();
    }

    /** The first command of a shell's {@code -c}, where it is simple. */
    private static List<String> script(List<String> words) {
        int option = words.indexOf("-c");
        if (option < 0 || option + 1 >= words.size()) {
            return List.of();
        }
        List<String> script =
                Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(words.get(option + 1));
        int first = 0;
        while (first < script.size() && isAssignment(script.get(first))) {
            first++;
        }
        return script.subList(first, script.size());
    }

    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && word.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    private static ImmutableList<Row> rows() {
        return TableResource.read(Clients.class, "clients.tsv")
                .rows(row -> new Row(row.get(0), row.get(1), row.get(2), row.get(3)));
    }
}
