package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
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
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new SummarizeCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new LintCommand(console))
                .addSubcommand(new SyscallsCommand(console))
                .addSubcommand(new CompletionCommand(console));
        configure(line, new Help(), console);
        line.getSubcommands().values().forEach(command -> configure(command, new Help(), console));
        return line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    /** {@code --help} and {@code --version}, and what all commands have in common. */
    private static void configure(CommandLine command, Help help, Console console) {
        command.addMixin("help", help);
        command.getCommandSpec().versionProvider(new Version());
        command.getCommandSpec().usageMessage().width(100);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setAbbreviatedOptionsAllowed(false);
        command.registerConverter(Arch.class, Main::arch);
        command.setParameterExceptionHandler((e, args) -> usage(e, console));
        command.setExecutionExceptionHandler((e, failed, result) -> trouble(e, console));
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
                && e.getCommandLine().getParent() == null) {
            what = "there is no command '" + unmatched.getUnmatched().get(0) + "'";
            List<String> similar = unmatched.getSuggestions();
            what += similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
        }
        console.diagnostic(Diagnostic.error("usage", null, what + "; see " + name + " --help"));
        return ExitStatus.TROUBLE;
    }

    private static int trouble(Exception e, Console console) throws Exception {
        if (e instanceof Failure failure) {
            console.diagnostic(failure.diagnostic());
            return ExitStatus.TROUBLE;
        }
        throw e;
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
