package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * The help of a command, apart from its parameters.
 *
 * @param name the command's
 * @param description one sentence
 * @param statuses the exit statuses where they are a program's: what each means
 * @param examples lines at its end: commands are indented, prose is not
 */
record CommandHelp(
        String name, String description, ImmutableMap<String, String> statuses, ImmutableList<String> examples) {
    /** Options of every command; picocli acts on them itself. */
    static final Parameter<Boolean> HELP = Parameter.flag("-h", "--help", "Show this help.");

    static final Parameter<Boolean> VERSION = Parameter.flag("-V", "--version", "Print the version.");

    /** All parameters of a command, those of every command too. */
    static ImmutableList<Parameter<?>> parameters(Command command) {
        return ImmutableList.<Parameter<?>>builder()
                .addAll(command.parameters())
                .add(HELP, VERSION)
                .build();
    }

    static CommandHelp of(String name, String description, String... examples) {
        return new CommandHelp(name, description, ImmutableMap.of(), ImmutableList.copyOf(examples));
    }

    /** The same with exit statuses of its own. */
    CommandHelp withStatuses(ImmutableMap<String, String> more) {
        return new CommandHelp(name, description, more, examples);
    }
}
