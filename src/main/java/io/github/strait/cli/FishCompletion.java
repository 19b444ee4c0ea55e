package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;

/** The completion script for fish: a {@code complete} for each command and each of its options. */
final class FishCompletion {
    /** Succeeds when the command on the line is the one named; without a name, when there is none yet. */
    private static final String HEAD = """
            # strait: completion for fish. Load it with: strait completion fish | source
            function __strait_command_is
                set -l words (commandline -opc)
                set -e words[1]
                for word in $words
                    switch $word
                        case '-*' auto always never
                        case '*'
                            test "$word" = "$argv[1]"
                            return
                    end
                end
                test -z "$argv[1]"
            end
            """;

    private final StringBuilder script = new StringBuilder(HEAD);

    private FishCompletion() {}

    static String of(Program program, ImmutableList<Command> commands) {
        FishCompletion fish = new FishCompletion();
        fish.add("", "-f");
        for (Command command : commands) {
            fish.add(
                    "",
                    "-a " + command.help().name() + " -d "
                            + quoted(command.help().description()));
        }
        for (Command command : Iterables.concat(ImmutableList.of(program), commands)) {
            String name = command instanceof Program ? "" : command.help().name();
            for (Parameter<?> parameter : CommandHelp.parameters(command)) {
                fish.add(name, parameter);
            }
        }
        return fish.script.toString();
    }

    private void add(String command, Parameter<?> parameter) {
        if (parameter.isOption()) {
            StringBuilder option = new StringBuilder();
            for (String name : parameter.names()) {
                option.append(name.startsWith("--") ? "-l " : "-s ")
                        .append(name.replaceFirst("^--?", ""))
                        .append(' ');
            }
            add(command, option + values(parameter) + "-d " + quoted(parameter.description()));
        } else if (parameter.type().isFile()) {
            add(command, "-F");
        } else if (parameter.type() == ValueType.COMMAND) {
            add(command, "-F -a '(__fish_complete_command)'");
        } else {
            add(command, "-a " + quoted(String.join(" ", parameter.type().words())));
        }
    }

    /** The completion of the option's value. */
    private static String values(Parameter<?> parameter) {
        if (parameter.isFlag()) {
            return "";
        }
        if (parameter.type().isFile()) {
            return "-r -F ";
        }
        String words = String.join(" ", parameter.type().words());
        if (words.isEmpty()) {
            return "-x ";
        }
        return "-x -a " + quoted(parameter.isCommaSeparated() ? "(__fish_append , " + words + ")" : words) + " ";
    }

    private void add(String command, String what) {
        script.append("complete -c strait -n '__strait_command_is")
                .append(command.isEmpty() ? "" : " " + command)
                .append("' ")
                .append(what)
                .append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
