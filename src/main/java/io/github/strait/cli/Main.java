package io.github.strait.cli;

import io.github.strait.record.Supervisor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

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
    /** In the order of the help text. */
    private static final List<String> COMMANDS = List.of(
            "record",
            "run",
            "generate",
            "summarize",
            "check",
            "explain",
            "lint",
            "verify",
            "diff",
            "merge",
            "convert",
            "syscalls",
            "completion");

    /** Answered without picocli's model of all commands. */
    private static final List<String> VERSION = List.of("-V", "--version");

    private Main() {}

    public static void main(String[] args) {
        StandardOutput out = StandardOutput.of(new FileOutputStream(FileDescriptor.out));
        Console console = new Console(stdin(), out, System.err);
        try {
            Supervisor.ready(Main::exit);
            exit(out.finish(execute(console, args), System.err));
        } catch (LinkageError e) {
            // A damaged archive of classes, when the launcher knows of one and the same can be done again without it.
            if (!out.isUsed()
                    && !isStarting(Arrays.asList(args))
                    && !Arrays.asList(args).contains("-")
                    && Supervisor.triesAgain()) {
                System.exit(ExitStatus.TROUBLE);
            }
            exit(trouble(e, console));
        } catch (Error e) {
            exit(trouble(e, console));
        }
    }

    private static void exit(int status) {
        Supervisor.ending(status);
        System.exit(status);
    }

    /** A closed descriptor is not what the JVM has opened in its place. */
    private static InputStream stdin() {
        return System.getProperty("strait.closed", "").contains("0") ? ClosedInput.STDIN : System.in;
    }

    /** Runs one command and returns its exit status. */
    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        Console console = new Console(in, out, err);
        try {
            return execute(console, args);
        } catch (Error e) {
            return trouble(e, console);
        }
    }

    private static int execute(Console console, String... args) {
        console.calledWith(Arrays.asList(args));
        if (args.length == 1 && VERSION.contains(args[0])) {
            console.out().println(new Version().getVersion()[0]);
            return ExitStatus.DONE;
        }
        if (args.length == 0) {
            commandLine(console, args).usage(console.err());
            return ExitStatus.TROUBLE;
        }
        if (args[0].equals("help")) {
            return help(console, args);
        }
        try {
            Callable<Integer> command = program(args[0], console);
            if (command != null
                    && PlainLine.fill(command, args[0], Arrays.asList(args).subList(1, args.length))) {
                return command.call();
            }
            return commandLine(console, args)
                    .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                    .execute(args);
        } catch (Exception e) {
            return Callbacks.tell(e, console);
        }
    }

    /** {@code help COMMAND} is {@code COMMAND --help}. */
    private static int help(Console console, String... args) {
        if (args.length == 1 || args[1].startsWith("-")) {
            return execute(console, "--help");
        }
        return COMMANDS.contains(args[1]) ? execute(console, args[1], "--help") : execute(console, args[1]);
    }

    /** Whether the exit status is that of a program that is started. */
    static boolean isStarting(List<String> words) {
        for (String word : words) {
            if (COMMANDS.contains(word)) {
                return word.equals("record") || word.equals("run");
            }
        }
        return false;
    }

    /** What no command expects; it is no finding. */
    private static int trouble(Error e, Console console) {
        String what = Callbacks.internal(e);
        if (e instanceof OutOfMemoryError) {
            what = "out of memory; give it more with STRAIT_JAVA_OPTS=-Xmx4g";
        } else if (e instanceof StackOverflowError) {
            what = "the input nests too deeply";
        } else if (e instanceof LinkageError) {
            what = "a class or a library cannot be loaded (" + e + "); is target/strait.jar whole, and is there"
                    + " a folder for temporary files (java.io.tmpdir) that is neither full, read-only nor noexec?";
        }
        return Callbacks.trouble(e, what.replaceAll("[\\r\\n]+", " "), console);
    }

    /** The commands and their options. */
    static CommandLine commandLine(Console console) {
        return commandLine(console, new String[0]);
    }

    /** As much of it as the arguments need: the other commands cost more time than most commands take to run. */
    private static CommandLine commandLine(Console console, String[] args) {
        boolean one = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals("completion");
        CommandLine line = new CommandLine(new Main());
        for (String name : one ? List.of(args[0]) : COMMANDS) {
            line.addSubcommand(command(name, console));
        }
        CommonOptions common = new CommonOptions();
        line.addMixin("common", common);
        Callbacks callbacks = new Callbacks(console, common);
        configure(line, new Help(), callbacks);
        for (CommandLine command : line.getSubcommands().values()) {
            configure(command, new Help(), callbacks);
        }
        line.setExecutionStrategy(callbacks);
        // an argument that begins with @ is the name of a file like any other
        line.setExpandAtFiles(false);
        // a help text is the same bytes everywhere
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    private static CommandLine command(String name, Console console) {
        boolean takesCommand = name.equals("record") || name.equals("run");
        return new CommandLine(Objects.requireNonNull(program(name, console))).setStopAtPositional(takesCommand);
    }

    /** What the command of that name does, with the values that its options have when none is given. */
    static @Nullable Callable<Integer> program(String name, Console console) {
        return switch (name) {
            case "record" -> new RecordCommand(console);
            case "run" -> new RunCommand(console);
            case "generate" -> new GenerateCommand(console);
            case "summarize" -> new SummarizeCommand(console);
            case "check" -> new CheckCommand(console);
            case "explain" -> new ExplainCommand(console);
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

    /** {@code --help} and {@code --version}, and what all commands have in common. */
    private static void configure(CommandLine command, Help help, Callbacks callbacks) {
        command.addMixin("help", help);
        command.getCommandSpec().versionProvider(new Version());
        // in the order of the source: picocli would sort them by the rules of the user's language
        command.getCommandSpec().usageMessage().width(100).sortOptions(false).sortSynopsis(false);
        command.setAbbreviatedOptionsAllowed(false);
        Converters.register(command);
        command.setParameterExceptionHandler(callbacks);
        command.setExecutionExceptionHandler(callbacks);
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
