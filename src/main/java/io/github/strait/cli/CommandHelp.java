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
    static CommandHelp of(String name, String description, String... examples) {
        return new CommandHelp(name, description, ImmutableList.of(), ImmutableList.copyOf(examples));
    }

    CommandHelp withStatuses(String... more) {
        return new CommandHelp(name, description, ImmutableList.copyOf(more), examples);
    }
}
