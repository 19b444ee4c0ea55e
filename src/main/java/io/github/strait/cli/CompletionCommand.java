package io.github.strait.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints a completion script. */
final class CompletionCommand extends Command {
    private final Console console;

    private final Parameter<Shell> shell =
            operand("SHELL", ValueType.SHELL, "${EACH-WORD} (default: bash, which zsh can load too).");

    private final CommonOptions common = include(new CommonOptions());

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "completion",
                "Prints a completion script for bash, zsh or fish.",
                "  source <(strait completion)",
                "  strait completion fish | source");
    }

    @Override
    int run() {
        common.applyTo(console);
        String script = shell.or(Shell.BASH).script(console);
        OutputFile.write(script.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        return ExitStatus.DONE;
    }
}
