package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.StraceVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An strace that is new enough, and how it is called. */
record Strace(Path program, Optional<StraceVersion> version) {
    /** The first with {@code -n}, which prints the number of each call and so proves its ABI. */
    static final StraceVersion OLDEST = new StraceVersion(5, 9);

    /** The first words of {@code strace -V}. Distributions append text of their own to the second number. */
    private static final Pattern FIRST_LINE = Pattern.compile("\\S* -- version ([0-9]{1,4}\\.[0-9]{1,4}).*");

    /** Names an strace that is not on PATH. */
    static final String VARIABLE = "STRAIT_STRACE";

    /**
     * Follow children; print the number of each call; strings of no length; constants by value. With names as well as
     * values ({@code -X verbose}), strace 5.9 to 7.2 overflows an internal buffer on every seventh signal mask and
     * crashes.
     */
    private static final ImmutableList<String> OPTIONS =
            ImmutableList.of("-f", "-n", "-s", "0", "-X", "raw", "--quiet=attach");

    /**
     * Finds strace and asks for its version.
     *
     * @throws RefusalException when there is none, or one that is too old
     */
    static Strace find(CallerEnvironment environment, Consumer<Diagnostic> listener) {
        Path program = locate(environment);
        String firstLine;
        try {
            firstLine = environment.capture(List.of(program.toString(), "-V")).firstLine();
        } catch (IOException e) {
            throw failure("no-strace", "cannot run " + program + " (" + e.getMessage() + "); " + install());
        }
        Optional<StraceVersion> version = version(firstLine);
        if (version.isEmpty()) {
            listener.accept(Diagnostic.warning(
                    "strace-version",
                    null,
                    "cannot determine which version of strace " + program + " is from '" + firstLine
                            + "'; record needs " + OLDEST + " or later"));
        } else if (version.get().compareTo(OLDEST) < 0) {
            throw failure(
                    "old-strace",
                    program + " is strace " + version.get() + ", but record needs strace " + OLDEST
                            + " or later for -n; install a newer one and name it in " + VARIABLE);
        }
        return new Strace(program, version);
    }

    /** Reads what {@code strace -V} prints; empty for a build that does not know its version. */
    static Optional<StraceVersion> version(String output) {
        Matcher matcher = FIRST_LINE.matcher(output.lines().findFirst().orElse(""));
        return matcher.matches() ? Optional.of(StraceVersion.parse(matcher.group(1))) : Optional.empty();
    }

    private static Path locate(CallerEnvironment environment) {
        Optional<String> given = environment.variable(VARIABLE).filter(name -> !name.isEmpty());
        String name = given.orElse("strace");
        try {
            return CommandLookup.find(name, environment.variable("PATH").orElse(""))
                    .toAbsolutePath();
        } catch (RefusalException e) {
            String where =
                    given.isPresent() ? name + ", which " + VARIABLE + " names, cannot be run" : "no strace on PATH";
            throw failure("no-strace", where + "; " + install());
        }
    }

    /** The whole command line for a recording that goes to this file. */
    List<String> command(Path output, RecordOptions options) {
        return command(output, options, ImmutableList.of());
    }

    /**
     * The same with variables.
     *
     * @param variables set for the command, but not for strace
     */
    List<String> command(Path output, RecordOptions options, List<String> variables) {
        ImmutableList.Builder<String> line = ImmutableList.builder();
        line.add(program.toString()).addAll(OPTIONS);
        if (options.attaches() || options.header(RecordedMachine.here()).isPresent()) {
            // the lines that introduce the programs, or the header, are in the file already
            line.add("-A");
        }
        line.add("-o", output.toString());
        options.attach().forEach(pid -> line.add("-p", pid.toString()));
        line.addAll(options.leftOut().straceOptions());
        if (!options.attaches()) {
            options.under().ifPresent(confinement -> line.addAll(confinement.straceOptions()));
            variables.forEach(variable -> line.add("-E", variable));
            line.add("--").addAll(options.command());
        }
        return line.build();
    }

    /**
     * A command that does nothing but trace. It fails when tracing is not possible at all.
     *
     * @param output of a name that no other process knows
     */
    List<String> probe(Path output) {
        return List.of(
                program.toString(), "-f", "-e", "trace=none", "-o", output.toString(), "--", program.toString(), "-V");
    }

    private static String install() {
        return "install strace " + OLDEST + " or later (apt-get install strace), or name one in " + VARIABLE;
    }

    private static RefusalException failure(String code, String message) {
        return RefusalException.of(code, message);
    }
}
