package io.github.strait.cli;

import com.google.common.collect.ImmutableList;

/** The completion script for zsh: {@code _arguments} for the program and for each command. */
final class ZshCompletion {
    private final StringBuilder script = new StringBuilder();

    private ZshCompletion() {}

    static String of(Program program, ImmutableList<Command> commands) {
        ZshCompletion zsh = new ZshCompletion();
        zsh.script.append("""
                #compdef strait
                # strait: completion for zsh. Save it as _strait in a directory of $fpath, or: source <(strait completion zsh)
                """);
        zsh.script.append("_strait_commands() {\n    local -a commands=(\n");
        for (Command command : commands) {
            zsh.script
                    .append("        ")
                    .append(quoted(command.help().name() + ":" + command.help().description()))
                    .append('\n');
        }
        zsh.script.append("    )\n    _describe command commands\n}\n");
        zsh.script.append("_strait() {\n    local curcontext=\"$curcontext\" state line\n    typeset -A opt_args\n");
        zsh.arguments("    ", program, "'1: :_strait_commands'", "'*:: :->words'");
        zsh.script.append("    [[ $state == words ]] || return\n    case $words[1] in\n");
        for (Command command : commands) {
            zsh.script.append("        ").append(command.help().name()).append(")\n");
            zsh.arguments("            ", command);
            zsh.script.append("            ;;\n");
        }
        zsh.script.append("""
                    esac
                }
                if [[ $funcstack[1] == _strait ]]; then
                    _strait "$@"
                else
                    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
                    compdef _strait strait
                fi
                """);
        return zsh.script.toString();
    }

    private void arguments(String indent, Command command, String... more) {
        script.append(indent).append("_arguments -C -s -S");
        for (Parameter<?> parameter : CommandHelp.parameters(command)) {
            script.append(" \\\n").append(indent).append("    ").append(argument(parameter));
        }
        for (String each : more) {
            script.append(" \\\n").append(indent).append("    ").append(each);
        }
        script.append('\n');
    }

    private static String argument(Parameter<?> parameter) {
        String label = ":" + escaped(parameter.label()) + ":";
        if (!parameter.isOption()) {
            String action = action(parameter);
            if (parameter.type() == ValueType.COMMAND) {
                return quoted("(-)1" + label + "_command_names -e") + " " + quoted("*::arguments:_normal");
            }
            return quoted((parameter.isRepeatable() ? "*" : "") + label + action);
        }
        String all = String.join(" ", parameter.names());
        String once = parameter.isRepeatable() ? "*" : "(" + all + ")";
        String what = "[" + escaped(parameter.description()) + "]";
        String value = parameter.isFlag() ? "" : label + action(parameter);
        StringBuilder argument = new StringBuilder();
        for (String name : parameter.names()) {
            String after = parameter.isFlag() ? "" : name.startsWith("--") ? "=" : "+";
            argument.append(argument.isEmpty() ? "" : " ").append(quoted(once + name + after + what + value));
        }
        return argument.toString();
    }

    /** The completion of a value. */
    private static String action(Parameter<?> parameter) {
        if (parameter.type().isFile()) {
            return "_files";
        }
        String words = String.join(" ", parameter.type().words());
        if (words.isEmpty()) {
            return " ";
        }
        return parameter.isCommaSeparated() ? "_sequence compadd - " + words : "(" + words + ")";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
