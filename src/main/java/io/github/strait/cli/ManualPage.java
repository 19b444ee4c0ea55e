package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The manual pages, one for the program and one for each command, in the macros of man(7). */
final class ManualPage {
    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    /**
     * Writes all pages.
     *
     * @param arguments the directory
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere);
        ImmutableList<Command> commands = Program.commands(console);
        Program program = new Program(console);
        Files.writeString(directory.resolve("strait.1"), of(program, commands));
        for (Command command : commands) {
            Files.writeString(directory.resolve("strait-" + command.help().name() + ".1"), of(command));
        }
    }

    /** The page of the program. */
    static String of(Program program, List<Command> commands) {
        ManualPage manual = new ManualPage();
        manual.begin("strait", program);
        manual.line(".B strait");
        manual.line("[\\fIoptions\\fR] \\fIcommand\\fR ...");
        manual.describe(program);
        manual.line(".SH COMMANDS");
        for (Command command : commands) {
            manual.line(".TP");
            manual.line("\\fBstrait\\-" + escaped(command.help().name()) + "\\fR(1)");
            manual.text(command.help().description());
        }
        manual.line(".SH EXIT STATUS");
        manual.status("0", "Done, and nothing was found.");
        manual.status(
                "1", "A finding: drift, a denied call, an error in a profile, evidence not good enough for --strict.");
        manual.status("2", "Trouble: bad usage, unreadable input, output that cannot be written.");
        manual.examples(program);
        return manual.page.toString();
    }

    /** The page of a command. */
    static String of(Command command) {
        ManualPage manual = new ManualPage();
        String name = command.help().name();
        manual.begin("strait-" + name, command);
        manual.line(".B strait " + name);
        StringBuilder operands = new StringBuilder("[\\fIoptions\\fR]");
        for (Parameter<?> parameter : command.parameters()) {
            if (!parameter.isOption()) {
                String operand = "\\fI" + escaped(parameter.label()) + "\\fR" + (parameter.isRepeatable() ? "..." : "");
                operands.append(' ').append(parameter.isRequired() ? operand : "[" + operand + "]");
            }
        }
        manual.line(operands.toString());
        manual.describe(command);
        if (!command.help().statuses().isEmpty()) {
            manual.line(".SH EXIT STATUS");
            command.help().statuses().forEach(manual::status);
        }
        manual.examples(command);
        manual.line(".SH SEE ALSO");
        manual.line(".BR strait (1)");
        return manual.page.toString();
    }

    private void begin(String name, Command command) {
        String title = name.toUpperCase(Locale.ROOT);
        line(".TH " + escaped(title) + " 1 \"\" \"" + escaped(Program.version()) + "\" \"strait\"");
        line(".SH NAME");
        String first = command.help().description().split("\\. ", 2)[0].replaceFirst("\\.$", "");
        line(escaped(name) + " \\- " + escaped(first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1)));
        line(".SH SYNOPSIS");
    }

    private void describe(Command command) {
        line(".SH DESCRIPTION");
        text(command.help().description());
        for (Parameter<?> parameter : command.parameters()) {
            if (!parameter.isOption()) {
                line(".TP");
                line("\\fI" + escaped(parameter.label()) + "\\fR" + (parameter.isRepeatable() ? "..." : ""));
                text(parameter.description());
            }
        }
        line(".SH OPTIONS");
        for (Parameter<?> parameter : CommandHelp.parameters(command)) {
            if (parameter.isOption()) {
                line(".TP");
                line(spelling(parameter));
                text(parameter.description());
            }
        }
    }

    /** The names of an option and what its value is called. */
    private static String spelling(Parameter<?> option) {
        String label = "\\fI" + escaped(option.label()) + "\\fR";
        String more = option.isCommaSeparated() ? "[," + label + "...]" : "";
        return String.join(
                        ", ",
                        option.names().stream()
                                .map(name -> "\\fB" + escaped(name) + "\\fR")
                                .toList())
                + (option.isFlag() ? "" : "=" + label + more);
    }

    private void status(String status, String meaning) {
        line(".TP");
        line("\\fB" + escaped(status) + "\\fR");
        text(meaning);
    }

    /** Lines that are indented are commands; the others are prose between them. */
    private void examples(Command command) {
        line(".SH EXAMPLES");
        boolean isIndented = false;
        for (String example : command.help().examples()) {
            boolean isCommand = example.startsWith(" ");
            if (isCommand != isIndented) {
                line(isCommand ? ".nf" : ".fi");
                isIndented = isCommand;
            }
            text(example);
        }
        if (isIndented) {
            line(".fi");
        }
    }

    private void text(String text) {
        // what begins with one of these would be a request to the formatter
        line((text.startsWith(".") || text.startsWith("'") ? "\\&" : "") + escaped(text));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("\t", " ");
    }
}
