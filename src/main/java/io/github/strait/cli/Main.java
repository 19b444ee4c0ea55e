package io.github.strait.cli;

import io.github.strait.record.Supervisor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** The program as a function of its streams and arguments; only {@code main} knows the process. */
public final class Main {
    /** Handled without picocli's model of all commands. */
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
            console.out().println(Program.version());
            return ExitStatus.DONE;
        }
        if (args.length == 0) {
            PicocliLine.usage(console);
            return ExitStatus.TROUBLE;
        }
        if (args[0].equals("help")) {
            return help(console, args);
        }
        try {
            Command command = Program.command(args[0], console);
            String[] line = hasImage(args)
                    ? EngineWords.of(Arrays.asList(args), console).own().toArray(new String[0])
                    : args;
            if (command != null && PlainLine.read(command, Arrays.asList(line).subList(1, line.length))) {
                return command.run();
            }
            return PicocliLine.execute(console, line);
        } catch (Exception e) {
            return Trouble.tell(e, console);
        }
    }

    /** Whether words for an engine may stand in the line; few lines have any, and they need not load what divides them. */
    private static boolean hasImage(String... args) {
        for (String word : args) {
            if (word.startsWith("--image")) {
                return true;
            }
        }
        return false;
    }

    /** {@code help COMMAND} is {@code COMMAND --help}. */
    private static int help(Console console, String... args) {
        if (args.length == 1 || args[1].startsWith("-")) {
            return execute(console, "--help");
        }
        return Program.COMMANDS.contains(args[1]) ? execute(console, args[1], "--help") : execute(console, args[1]);
    }

    /** Whether the exit status is that of a program that is started. */
    static boolean isStarting(List<String> words) {
        for (String word : words) {
            if (Program.COMMANDS.contains(word)) {
                return word.equals("record") || word.equals("run") || word.equals("heal");
            }
        }
        return false;
    }

    /** Reports an error that no command expects; the exit status is not that of a finding. */
    private static int trouble(Error e, Console console) {
        String what = Trouble.internal(e);
        if (e instanceof OutOfMemoryError) {
            what = "out of memory; give it more with STRAIT_JAVA_OPTS=-Xmx4g";
        } else if (e instanceof StackOverflowError) {
            what = "the input nests too deeply";
        } else if (e instanceof LinkageError) {
            what = "a class or a library cannot be loaded (" + e + "); is target/strait.jar whole, and is there"
                    + " a folder for temporary files (java.io.tmpdir) that is neither full, read-only nor noexec?";
        }
        return Trouble.trouble(e, what.replaceAll("[\\r\\n]+", " "), console);
    }
}
