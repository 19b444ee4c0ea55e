package io.github.strait.cli;

import io.github.strait.api.DiagnosticListener;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Digest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.Severity;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The streams of one run of the program, and the limits on what it prints. */
final class Console implements DiagnosticListener {
    /** Set by the launcher, because a JVM cannot find out whether its standard error is a terminal. */
    private static final String TERMINAL = "strait.terminal";

    /** The same for standard output. */
    private static final String OUTPUT_TERMINAL = "strait.terminal.output";

    private static final String RESET = "\u001b[0m";

    /** When to use colour. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER;

        boolean isOn() {
            // no-color.org: present and not empty
            boolean unwanted = System.getenv("NO_COLOR") != null && !"".equals(System.getenv("NO_COLOR"));
            return this == ALWAYS || (this == AUTO && Boolean.getBoolean(TERMINAL) && !unwanted);
        }

        /** The value of that name. */
        static Colour of(String name) {
            return Arrays.stream(values())
                    .filter(colour -> colour.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            RefusalException.usage("invalid value '" + name + "': expected auto, always or never"));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private List<String> words = List.of();
    private boolean quiet;
    private boolean verbose;
    private boolean colour = Colour.AUTO.isOn();

    Console(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Adds to what was said before; a command's own word on colour wins over one before the command. */
    void configure(boolean isQuiet, boolean isVerbose, @Nullable Colour when) {
        quiet |= isQuiet;
        verbose |= isVerbose;
        if (when != null) {
            colour = when.isOn();
        }
    }

    /** Notes the words of the command line. */
    void calledWith(List<String> arguments) {
        words = List.copyOf(arguments);
    }

    /** The words of the command line, the command's name first where it stands first. */
    List<String> words() {
        return words;
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Whether to show progress: only on a terminal. */
    boolean showsProgress() {
        return !quiet && Boolean.getBoolean(TERMINAL);
    }

    /** Whether a person would see what is written to standard output. */
    boolean isOutputTerminal() {
        return Boolean.getBoolean(OUTPUT_TERMINAL);
    }

    /**
     * Says how far a recording is, until it is closed.
     *
     * @param isAlone whether what is recorded does not write to this terminal
     */
    RecordingView recording(boolean isAlone) {
        return new RecordingView(err, Terminal.of(System.getenv()), isAlone);
    }

    /** Says how far the work is, until it is closed. */
    ProgressLine progress() {
        return new ProgressLine(err, System.nanoTime());
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Says something about the result, unless the user wants quiet. */
    void note(String text) {
        if (!quiet) {
            err.print(text);
            err.flush();
        }
    }

    /** Prints diagnostics; of very many of one kind only the first, unless the user wants more. */
    @Override
    public void diagnostics(List<Diagnostic> diagnostics) {
        (verbose ? diagnostics : Digest.of(diagnostics)).forEach(this::diagnostic);
    }

    /** Prints a diagnostic; errors even when the user wants quiet, notes only when the user wants more. */
    @Override
    public void diagnostic(Diagnostic diagnostic) {
        boolean wanted = switch (diagnostic.severity()) {
            case ERROR -> true;
            case WARNING -> !quiet;
            case NOTE -> verbose;
        };
        if (wanted) {
            err.println(colour ? coloured(diagnostic) : diagnostic.toString());
            err.flush();
        }
    }

    private static String coloured(Diagnostic diagnostic) {
        String word = " " + diagnostic.severity().label() + ": ";
        String code = diagnostic.severity() == Severity.ERROR ? "\u001b[31m" : "\u001b[33m";
        return diagnostic.toString().replaceFirst(word, " " + code + word.strip() + RESET + " ");
    }
}
