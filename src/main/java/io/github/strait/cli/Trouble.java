package io.github.strait.cli;

import com.google.common.base.Throwables;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.StartStatus;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.PicocliException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports why a line could not be read or a command failed, and returns the exit status. */
final class Trouble {
    private Trouble() {}

    /** Reports a mistake that picocli found in a line, in strait's words. */
    static int tell(ParameterException e, Console console) {
        if (e.getCause() instanceof RuntimeException cause && !isAboutWords(cause)) {
            return tell(cause, console);
        }
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String what = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().get(0);
            what = "unknown command '" + word + "'"
                    + Nearest.of(word, e.getCommandLine().getSubcommands().keySet())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("");
        } else if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            what += nearOption(unmatched.getUnmatched().get(0), e.getCommandLine());
        }
        console.diagnostic(Diagnostic.error("usage", null, what + "; see " + name + " --help"));
        return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Whether an exception is about what the user wrote, and not a fault of the program. */
    private static boolean isAboutWords(RuntimeException e) {
        return e instanceof PicocliException || e instanceof InvalidPathException;
    }

    /** The option that may be meant by this word; its value may follow an equals sign. */
    private static String nearOption(String word, CommandLine command) {
        int equals = word.indexOf('=');
        return Nearest.of(
                        equals < 0 ? word : word.substring(0, equals),
                        command.getCommandSpec().optionsMap().keySet())
                .filter(near -> near.startsWith("--"))
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    /** Reports an exception of a command. */
    static int tell(Exception e, Console console) {
        if (e instanceof RefusalException refusal) {
            console.diagnostic(refusal.diagnostic());
            return Main.isStarting(console.words()) ? StartStatus.of(refusal) : ExitStatus.TROUBLE;
        } else if (e instanceof IOException) {
            return tell(RefusalException.of("cannot-write", String.valueOf(e.getMessage())), console);
        }
        return trouble(e, internal(e), console);
    }

    /** Reports a fault of strait itself. */
    static String internal(Throwable e) {
        return "internal error: " + e + "; please report it with the output of --verbose";
    }

    /** A fault of the program, and no finding: its exit status must not say 1. */
    static int trouble(Throwable e, String what, Console console) {
        console.diagnostic(Diagnostic.error("internal", null, what));
        if (console.isVerbose()) {
            console.note(Throwables.getStackTraceAsString(e));
        }
        return Main.isStarting(console.words()) ? StartStatus.FAILED : ExitStatus.TROUBLE;
    }
}
