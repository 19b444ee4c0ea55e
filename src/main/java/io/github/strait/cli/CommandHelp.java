package io.github.strait.cli;

import com.google.common.collect.ImmutableList;

/**
 * What the help of a command says beside its parameters.
 *
 * @param name the command's
 * @param description one sentence
 * @param statuses the exit statuses where they are a program's: {@code STATUS:what it means}
 * @param examples lines, the first of which may be several; prose between them stands at the margin
 */
record CommandHelp(String name, String description, ImmutableList<String> statuses, ImmutableList<String> examples) {
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
        return new CommandHelp(name, description, ImmutableList.of(), ImmutableList.copyOf(examples));
    }

    CommandHelp withStatuses(String... more) {
        return new CommandHelp(name, description, ImmutableList.copyOf(more), examples);
    }
}
