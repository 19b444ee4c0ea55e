package io.github.strait.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command line of the usual kind, understood without picocli: making picocli's model of one command takes longer than most
 * commands take to run. The options come from a table for each command, which a test holds equal to the model. A line that is not
 * known here to be right, such as one that asks for help or has a mistake, is left to picocli as a whole.
 */
final class PlainLine {
    /** An option, or what takes operands; of the latter the last may take all that are left. */
    private record Row(List<String> names, String field, String type, String kind, boolean isRequired) {
        static Row parse(String line) {
            String[] columns = line.split("\t", -1);
            return new Row(
                    List.of(columns[0].split(",", -1)),
                    columns[1],
                    columns[2],
                    columns[3],
                    columns[4].equals("required"));
        }

        boolean isOption() {
            return names.get(0).startsWith("-");
        }

        boolean takesMany() {
            return kind.equals("list") || kind.equals("split") || isCommand();
        }

        /** Whether everything behind the first operand is an operand too. */
        boolean isCommand() {
            return kind.equals("command");
        }
    }

    private final List<Row> rows;
    private final Map<String, Object> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private PlainLine(List<Row> rows) {
        this.rows = rows;
    }

    /** Sets the command's fields to what the words behind its name say; false, and no field is set, when picocli must. */
    static boolean fill(Object command, String name, List<String> words) {
        Optional<List<Row>> rows = rows(name);
        if (rows.isEmpty()) {
            return false;
        }
        PlainLine line = new PlainLine(rows.get());
        if (!line.read(words) || !line.placeOperands() || !line.isComplete()) {
            return false;
        }
        line.values.forEach((field, value) -> set(command, field, value));
        return true;
    }

    private static Optional<List<Row>> rows(String name) {
        try (InputStream table = PlainLine.class.getResourceAsStream("options/" + name + ".tsv")) {
            if (table == null) {
                return Optional.empty();
            }
            List<Row> rows = new ArrayList<>();
            for (String line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n", 0)) {
                rows.add(Row.parse(line));
            }
            return Optional.of(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return true;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                if (takesCommand()) {
                    operands.addAll(words.subList(i, words.size()));
                    return true;
                }
                operands.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Row row = option(equals < 0 ? word : word.substring(0, equals));
            String value = equals < 0 ? null : word.substring(equals + 1);
            if (row != null && value == null && !row.kind().equals("flag") && i + 1 < words.size()) {
                i++;
                value = words.get(i);
            }
            if (row == null || !add(row, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean takesCommand() {
        for (Row row : rows) {
            if (row.isCommand()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Row option(String name) {
        for (Row row : rows) {
            if (row.names().contains(name)) {
                return row;
            }
        }
        return null;
    }

    /** Notes an option; false for what may be a mistake, or is picocli's to read. */
    private boolean add(Row row, @Nullable String text) {
        if (row.kind().equals("flag")) {
            return text == null && values.put(row.field(), true) == null;
        }
        if (text == null || text.isEmpty() || (text.startsWith("-") && !text.equals("-")) || text.contains("\"")) {
            return false;
        }
        if (!row.takesMany()) {
            Optional<?> value = Converters.convert(row.type(), text);
            return value.isPresent() && values.put(row.field(), value.get()) == null;
        }
        @SuppressWarnings("unchecked") // what takes many has a list here and nothing else
        List<Object> all = (List<Object>) values.computeIfAbsent(row.field(), field -> new ArrayList<>());
        for (String part : row.kind().equals("split") ? text.split(",", -1) : new String[] {text}) {
            Optional<?> value = part.isEmpty() ? Optional.empty() : Converters.convert(row.type(), part);
            if (value.isEmpty()) {
                return false;
            }
            all.add(value.get());
        }
        return true;
    }

    private boolean placeOperands() {
        int next = 0;
        for (Row row : rows) {
            if (!row.isOption() && next < operands.size()) {
                int end = row.takesMany() ? operands.size() : next + 1;
                values.put(
                        row.field(),
                        row.takesMany() ? new ArrayList<>(operands.subList(next, end)) : operands.get(next));
                next = end;
            }
        }
        return next == operands.size();
    }

    private boolean isComplete() {
        for (Row row : rows) {
            if (row.isRequired() && !values.containsKey(row.field())) {
                return false;
            }
        }
        return true;
    }

    private static void set(Object command, String path, Object value) {
        try {
            int dot = path.indexOf('.');
            Field field = command.getClass().getDeclaredField(dot < 0 ? path : path.substring(0, dot));
            field.setAccessible(true);
            if (dot < 0) {
                field.set(command, value);
            } else {
                set(field.get(command), path.substring(dot + 1), value);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(path, e);
        }
    }
}
