package io.github.strait.cli;

import com.google.common.collect.Iterables;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.StartStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Picocli's model of commands, made of their parameters: it reads any line, says what is wrong with it, and prints help. */
final class PicocliLine {
    private static final int WIDTH = 100;

    private PicocliLine() {}

    /** Reads a whole line, does what it asks for, and returns the exit status. */
    static int execute(Console console, String... words) throws IOException {
        // the model of the other commands costs more time than most commands take to run
        boolean one = words.length > 0 && Program.COMMANDS.contains(words[0]);
        CommandLine line = of(console, one ? List.of(words[0]) : Program.COMMANDS)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        try {
            ParseResult parsed = line.parseArgs(words);
            Integer help = CommandLine.executeHelpRequest(parsed);
            if (help != null) {
                return help;
            }
            fill(parsed).run();
            if (parsed.hasSubcommand()) {
                return fill(parsed.subcommand()).run();
            }
            throw new ParameterException(line, "Missing required subcommand");
        } catch (ParameterException e) {
            return Trouble.tell(e, console);
        }
    }

    /** Prints the help of the program to standard error. */
    static void usage(Console console) {
        of(console, Program.COMMANDS).usage(console.err());
    }

    /** The program with the commands of these names. */
    static CommandLine of(Console console, List<String> commands) {
        Program program = new Program(console);
        CommandLine root = new CommandLine(spec(program));
        for (String name : commands) {
            Command command = Objects.requireNonNull(Program.command(name, console), name);
            CommandLine line = new CommandLine(spec(command));
            root.addSubcommand(line);
            line.setStopAtPositional(command.startsProgram());
        }
        root.setAbbreviatedOptionsAllowed(false);
        // an argument that begins with @ is the name of a file like any other
        root.setExpandAtFiles(false);
        // a help text is the same bytes everywhere
        return root.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    /** Gives a command what was read for it. */
    static Command fill(ParseResult parsed) {
        for (ArgSpec argument : Iterables.concat(parsed.matchedOptionsSet(), parsed.matchedPositionalsSet())) {
            fill((Parameter<?>) argument.userObject(), argument.getValue());
        }
        return (Command) parsed.commandSpec().userObject();
    }

    @SuppressWarnings("unchecked") // the parameter's own type made the values
    private static <T> void fill(Parameter<T> parameter, Object value) {
        for (Object each : parameter.isRepeatable() ? (List<?>) value : List.of(value)) {
            if (!Boolean.FALSE.equals(each)) {
                parameter.add((T) each);
            }
        }
    }

    private static CommandSpec spec(Command command) {
        CommandHelp help = command.help();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(help.name());
        for (Parameter<?> parameter : CommandHelp.parameters(command)) {
            if (parameter.isOption()) {
                spec.addOption(option(parameter));
            }
        }
        addOperands(spec, command);
        spec.version(Program.version());
        // in the order of declaration: picocli would sort them by the rules of the user's language
        spec.usageMessage()
                .width(WIDTH)
                .sortOptions(false)
                .sortSynopsis(false)
                .description(help.description())
                .synopsisSubcommandLabel("COMMAND")
                .footerHeading(help.examples().size() == 1 ? "%nExample:%n" : "%nExamples:%n")
                .footer(help.examples().toArray(String[]::new));
        if (!help.statuses().isEmpty()) {
            spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(help.statuses());
            spec.exitCodeOnInvalidInput(StartStatus.FAILED);
        }
        return spec;
    }

    private static OptionSpec option(Parameter<?> parameter) {
        OptionSpec.Builder option =
                OptionSpec.builder(parameter.names().toArray(String[]::new)).userObject(parameter);
        option.description(parameter.description()).required(parameter.isRequired());
        if (parameter.isFlag()) {
            return option.type(boolean.class)
                    .usageHelp(parameter == CommandHelp.HELP)
                    .versionHelp(parameter == CommandHelp.VERSION)
                    .build();
        }
        option.paramLabel(parameter.label()).converters(new Words(parameter.type()));
        if (!parameter.type().words().isEmpty()) {
            option.completionCandidates(new Words(parameter.type()));
        }
        // completion looks for files where the type is a path
        Class<?> type = parameter.type().isFile() ? Path.class : Object.class;
        if (parameter.isRepeatable()) {
            option.type(List.class).auxiliaryTypes(type);
        } else {
            option.type(type);
        }
        // not at the end, where picocli would drop the empty word that is there
        return parameter.isCommaSeparated()
                ? option.splitRegex(",(?!$)").splitRegexSynopsisLabel(",").build()
                : option.build();
    }

    private static void addOperands(CommandSpec spec, Command command) {
        List<Parameter<?>> operands = command.parameters().stream()
                .filter(parameter -> !parameter.isOption())
                .toList();
        for (int i = 0; i < operands.size(); i++) {
            PositionalParamSpec.Builder operand = operand(operands.get(i));
            // one that has an index is named alone when it is missing, and not with the options that are missing
            if (operands.size() > 1) {
                operand.index(operands.get(i).isRepeatable() ? i + "..*" : "" + i);
            }
            spec.addPositional(operand.build());
        }
    }

    private static PositionalParamSpec.Builder operand(Parameter<?> parameter) {
        PositionalParamSpec.Builder operand = PositionalParamSpec.builder().userObject(parameter);
        operand.description(parameter.description()).required(parameter.isRequired());
        operand.paramLabel(parameter.label()).converters(new Words(parameter.type()));
        if (!parameter.type().words().isEmpty()) {
            operand.completionCandidates(new Words(parameter.type()));
        }
        String least = parameter.isRequired() ? "1" : "0";
        return parameter.isRepeatable()
                ? operand.type(List.class).auxiliaryTypes(Object.class).arity(least + "..*")
                : operand.type(Object.class).arity(least + "..1");
    }

    /** A type of values as picocli wants it. A class: JDK 17 archives no lambda of an interface that was compiled for an old JDK. */
    private record Words(ValueType<?> type) implements ITypeConverter<Object>, Iterable<String> {
        /** A refusal is about the word. Any other exception is a fault of the program: see {@link Trouble}. */
        @Override
        public Object convert(String word) {
            try {
                return type.parse(word);
            } catch (RefusalException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }

        @Override
        public Iterator<String> iterator() {
            return type.words().iterator();
        }
    }
}
