package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line of the usual kind, read without picocli: loading picocli and making its model of one command takes longer than
 * most commands take to run. A line that is not known here to be right, such as one that asks for help or has a mistake, is left
 * to {@link PicocliLine} as a whole.
 */
final class PlainLine {
    private final Command command;
    private final List<String> operands = new ArrayList<>();

    private PlainLine(Command command) {
        this.command = command;
    }

    /**
     * Gives the command what the words after its name say; false, and the command is not to be used, when picocli must read
     * them.
     */
    static boolean read(Command command, List<String> words) {
        PlainLine line = new PlainLine(command);
        return line.readOptions(words) && line.placeOperands() && line.isComplete();
    }

    private boolean readOptions(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return true;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                if (command.startsProgram()) {
                    operands.addAll(words.subList(i, words.size()));
                    return true;
                }
                operands.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Parameter<?> option = option(equals < 0 ? word : word.substring(0, equals));
            String value = equals < 0 ? null : word.substring(equals + 1);
            if (option != null && value == null && !option.isFlag() && i + 1 < words.size()) {
                i++;
                value = words.get(i);
            }
            if (option == null || !add(option, value)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Parameter<?> option(String name) {
        for (Parameter<?> parameter : command.parameters()) {
            if (parameter.isNamed(name)) {
                return parameter;
            }
        }
        return null;
    }

    /** Notes an option; false for what may be a mistake, or is picocli's to read. */
    private static boolean add(Parameter<?> option, @Nullable String text) {
        if (option.isGiven() && !option.isRepeatable()) {
            return false;
        }
        if (option.isFlag()) {
            return text == null && addWord(option, "");
        }
        if (text == null || text.isEmpty() || (text.startsWith("-") && !text.equals("-")) || text.contains("\"")) {
            return false;
        }
        if (!option.isCommaSeparated()) {
            return addWord(option, text);
        }
        for (String part : text.split(",", -1)) {
            if (part.isEmpty() || !addWord(option, part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean addWord(Parameter<?> parameter, String word) {
        try {
            parameter.addWord(word);
            return true;
        } catch (RefusalException | InvalidPathException e) {
            return false; // picocli says why
        }
    }

    private boolean placeOperands() {
        int next = 0;
        for (Parameter<?> parameter : command.parameters()) {
            if (!parameter.isOption() && next < operands.size()) {
                int end = parameter.isRepeatable() ? operands.size() : next + 1;
                for (; next < end; next++) {
                    if (!addWord(parameter, operands.get(next))) {
                        return false;
                    }
                }
            }
        }
        return next == operands.size();
    }

    private boolean isComplete() {
        for (Parameter<?> parameter : command.parameters()) {
            if (parameter.isRequired() && !parameter.isGiven()) {
                return false;
            }
        }
        return true;
    }
}
