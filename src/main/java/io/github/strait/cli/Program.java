package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The program without a command: the options that may stand before one, and the help of all. */
final class Program extends Command {
    /** The names of the commands in the order of the help text. */
    static final ImmutableList<String> COMMANDS = ImmutableList.of(
            "record",
            "run",
            "heal",
            "generate",
            "summarize",
            "check",
            "explain",
            "report",
            "lint",
            "verify",
            "diff",
            "merge",
            "convert",
            "syscalls",
            "completion");

    private final Console console;

    private final CommonOptions common = include(new CommonOptions());

    Program(Console console) {
        this.console = console;
    }

    /** A new one of each command. */
    static ImmutableList<Command> commands(Console console) {
        return COMMANDS.stream()
                .map(name -> Objects.requireNonNull(command(name, console), name))
                .collect(ImmutableList.toImmutableList());
    }

    /** A new command of that name; null when there is none. */
    static @Nullable Command command(String name, Console console) {
        return switch (name) {
            case "record" -> new RecordCommand(console);
            case "run" -> new RunCommand(console);
            case "heal" -> new HealCommand(console);
            case "generate" -> new GenerateCommand(console);
            case "summarize" -> new SummarizeCommand(console);
            case "check" -> new CheckCommand(console);
            case "explain" -> new ExplainCommand(console);
            case "report" -> new ReportCommand(console);
            case "lint" -> new LintCommand(console);
            case "verify" -> new VerifyCommand(console);
            case "diff" -> new DiffCommand(console);
            case "merge" -> new MergeCommand(console);
            case "convert" -> new ConvertCommand(console);
            case "syscalls" -> new SyscallsCommand(console);
            case "completion" -> new CompletionCommand(console);
            default -> null;
        };
    }

    /** The name and the version; the classes know none when they run outside a jar. */
    static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return "strait " + (version == null ? "(not packaged)" : version);
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "strait",
                "Reads strace output and writes the narrowest seccomp profile that the program can live in.",
                "  strait record -o app.strace -- ./app --serve     run a program and record what it calls",
                "  strait generate app.strace -o app.json           write its profile",
                "  strait explain app.strace openat                 show why it is allowed",
                "  strait check app.strace --profile app.json       fail when the profile has drifted");
    }

    /** Applies the options that stand before the command. */
    @Override
    int run() {
        common.applyTo(console);
        return ExitStatus.DONE;
    }
}
