package io.github.strait.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.AutoComplete;

/** Prints a completion script. */
final class CompletionCommand extends Command {
    private final Console console;

    private final CommonOptions common = include(new CommonOptions());

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "completion", "Prints a completion script for bash and zsh.", "  source <(strait completion)");
    }

    @Override
    int run() {
        common.applyTo(console);
        String script = AutoComplete.bash("strait", PicocliLine.of(console, Program.COMMANDS));
        OutputFile.write(script.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        return ExitStatus.DONE;
    }
}
