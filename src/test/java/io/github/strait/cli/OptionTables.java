package io.github.strait.cli;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The tables of {@link PlainLine}, made of picocli's model. */
final class OptionTables {
    private OptionTables() {}

    static Map<String, CommandLine> commands() {
        return Main.commandLine(new Console(InputStream.nullInputStream(), System.out, System.err))
                .getSubcommands();
    }

    /** A row for each option and each place of operands that sets a field of the command or of its mixins. */
    static String of(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        Map<Field, String> paths = fields(spec.userObject().getClass(), "");
        StringBuilder table = new StringBuilder();
        for (ArgSpec arg : spec.args()) {
            String path = paths.get((Field) arg.userObject());
            if (path != null) {
                String names = arg instanceof OptionSpec option ? String.join(",", option.names()) : arg.paramLabel();
                table.append(String.join(
                                "\t",
                                names,
                                path,
                                arg.auxiliaryTypes()[0].getName(),
                                kind(arg, spec),
                                arg.required() ? "required" : "optional"))
                        .append('\n');
            }
        }
        return table.toString();
    }

    private static String kind(ArgSpec arg, CommandSpec spec) {
        boolean many = arg.isMultiValue();
        if (!arg.isOption()) {
            return !many ? "value" : spec.commandLine().isStopAtPositional() ? "command" : "list";
        }
        if (!many) {
            return arg.arity().max() == 0 ? "flag" : "value";
        }
        return switch (arg.splitRegex()) {
            case "" -> "list";
            case "," -> "split";
            default -> throw new AssertionError(arg + " is split otherwise");
        };
    }

    /** The fields of a command and of its mixins, and the way to each. */
    static Map<Field, String> fields(Class<?> type, String prefix) {
        Map<Field, String> paths = new LinkedHashMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.isAnnotationPresent(Mixin.class)) {
                paths.putAll(fields(field.getType(), prefix + field.getName() + "."));
            } else {
                paths.put(field, prefix + field.getName());
            }
        }
        return paths;
    }
}
