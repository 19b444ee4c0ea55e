package io.github.strait.cli;

import com.google.common.base.Throwables;
import io.github.strait.derive.Layer;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.format.ProfileFormat;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program as a function of its streams and arguments; only {@code main} knows the process. */
@Command(
        name = "strait",
        description = "Reads strace output and writes the narrowest seccomp profile that the program can live in.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait record -o app.strace -- ./app --serve     run a program and record what it calls",
            "  strait generate app.strace -o app.json           write its profile",
            "  strait explain app.strace openat                 why is it there",
            "  strait check app.strace --profile app.json       fail when the profile has drifted"
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(System.in, System.out, System.err, args));
    }

    /** Runs one command and returns its exit status. */
    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        Console console = new Console(in, out, err);
        CommandLine line = commandLine(console)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return trouble(e, "out of memory; give it more with STRAIT_JAVA_OPTS=-Xmx4g", console);
        } catch (StackOverflowError e) {
            return trouble(e, "the input nests too deeply", console);
        }
    }

    /** The commands and their options. */
    static CommandLine commandLine(Console console) {
        CommandLine record = new CommandLine(new RecordCommand(console)).setStopAtPositional(true);
        CommandLine confined = new CommandLine(new RunCommand(console)).setStopAtPositional(true);
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(record)
                .addSubcommand(confined)
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new SummarizeCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new LintCommand(console))
                .addSubcommand(new VerifyCommand(console))
                .addSubcommand(new DiffCommand(console))
                .addSubcommand(new MergeCommand(console))
                .addSubcommand(new ConvertCommand(console))
                .addSubcommand(new SyscallsCommand(console))
                .addSubcommand(new CompletionCommand(console));
        CommonOptions common = new CommonOptions();
        line.addMixin("common", common);
        configure(line, new Help(), console);
        line.getSubcommands().values().forEach(command -> configure(command, new Help(), console));
        line.setExecutionStrategy(parsed -> {
            common.applyTo(console);
            return new RunLast().execute(parsed);
        });
        // an argument that begins with @ is the name of a file like any other
        line.setExpandAtFiles(false);
        // a help text is the same bytes everywhere
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    /** {@code --help} and {@code --version}, and what all commands have in common. */
    private static void configure(CommandLine command, Help help, Console console) {
        command.addMixin("help", help);
        command.getCommandSpec().versionProvider(new Version());
        // in the order of the source: picocli would sort them by the rules of the user's language
        command.getCommandSpec().usageMessage().width(100).sortOptions(false).sortSynopsis(false);
        command.setAbbreviatedOptionsAllowed(false);
        command.registerConverter(Arch.class, Main::arch);
        command.registerConverter(Console.Colour.class, Console.Colour::of);
        command.registerConverter(Layer.class, DerivationOptions::layer);
        command.registerConverter(ProfileFormat.class, DerivationOptions::format);
        command.setParameterExceptionHandler((e, args) -> usage(e, console));
        command.setExecutionExceptionHandler((e, failed, result) -> trouble(e, failed, console));
    }

    private static Arch arch(String name) {
        try {
            return Arch.parse(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int usage(ParameterException e, Console console) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String what = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption()) {
            what = "there is no command '" + unmatched.getUnmatched().get(0) + "'";
            String word = unmatched.getUnmatched().get(0);
            what += Nearest.of(word, e.getCommandLine().getSubcommands().keySet())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
        }
        console.diagnostic(Diagnostic.error("usage", null, what + "; see " + name + " --help"));
        return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int trouble(Exception e, CommandLine failed, Console console) {
        if (e instanceof Failure failure) {
            console.diagnostic(failure.diagnostic());
        } else {
            trouble(e, "strait itself failed: " + e + "; please report it with what --verbose adds", console);
        }
        return failed.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A fault of the program, and no finding: its exit status must not say 1. */
    private static int trouble(Throwable e, String what, Console console) {
        console.diagnostic(Diagnostic.error("internal", null, what));
        if (console.isVerbose()) {
            console.note(Throwables.getStackTraceAsString(e));
        }
        return ExitStatus.TROUBLE;
    }

    /** Asked for on every command; picocli acts on them itself. */
    @SuppressWarnings("UnusedVariable")
    static final class Help {
        @CommandLine.Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        private boolean help;

        @CommandLine.Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Print the version.")
        private boolean version;
    }

    /** The jar's own version; absent when the classes run outside a jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"strait " + (version == null ? "(not packaged)" : version)};
        }
    }
}
