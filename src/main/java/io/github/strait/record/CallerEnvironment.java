package io.github.strait.record;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of a program that strait starts: that of strait's own caller before the launcher changed it, without the
 * variables that shells set and containers do not: with PWD set, a shell finds its directory without {@code getcwd}.
 */
public final class CallerEnvironment {
    /**
     * The value of LC_ALL that the launcher replaced; empty when it was not set. Absent when the launcher left it
     * alone.
     */
    private static final String LC_ALL_BEFORE = "STRAIT_LC_ALL";

    /** Present when the launcher set the JVM's variable of this name. */
    private static final String SIGNAL_SET = "STRAIT_SR_SIGNUM";

    private static final String SIGNAL = "_JAVA_SR_SIGNUM";

    private static final ImmutableSet<String> OF_SHELLS = ImmutableSet.of("PWD", "OLDPWD", "_");

    private final Map<String, String> variables;
    private final boolean keeps;

    /** @param variables those of this process, strait's own ones too; what it starts inherits them from it */
    CallerEnvironment(Map<String, String> variables, boolean keeps) {
        this.variables = variables;
        this.keeps = keeps;
    }

    /**
     * The environment of this process.
     *
     * @param keeps whether the variables that containers do not have stay
     */
    public static CallerEnvironment ofThisProcess(boolean keeps) {
        return new CallerEnvironment(System.getenv(), keeps);
    }

    /**
     * Gives LC_ALL its old value and drops the variables that are strait's own. It changes the map in place, because
     * that of a {@link ProcessBuilder} keeps values that are not text in this locale byte for byte.
     */
    public static void restore(Map<String, String> environment) {
        String before = environment.get(LC_ALL_BEFORE);
        if (before != null && before.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (before != null) {
            environment.put("LC_ALL", before);
        }
        if (environment.containsKey(SIGNAL_SET)) {
            environment.remove(SIGNAL);
        }
        environment.keySet().removeIf(name -> name.startsWith("STRAIT_"));
    }

    /** The value of a variable, of strait's own ones too. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Whether the dynamic linker obeys it: what it loads could come between a program and its tracer or its filter. */
    private static boolean isOfLinker(String name) {
        return name.startsWith("LD_") || name.equals("GLIBC_TUNABLES");
    }

    private static boolean isOfPerl(String name) {
        return name.startsWith("PERL");
    }

    /**
     * The variables that what starts a program must not obey, as {@code NAME=VALUE}; it gives them to the program.
     *
     * @param confined whether that is perl
     */
    List<String> setAside(boolean confined) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .filter(variable -> isOfLinker(variable.getKey()) || (confined && isOfPerl(variable.getKey())))
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList();
    }

    /** A tool of strait's own yet to be started. */
    ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        restore(builder.environment());
        builder.environment().keySet().removeIf(CallerEnvironment::isOfLinker);
        return builder;
    }

    /** Starts a program that has the standard streams of this process. */
    interface Starter {
        Process start() throws IOException;
    }

    /**
     * The starter of a program. It uses the launcher where possible: a JVM closes descriptors, and knows words as text
     * only.
     *
     * @param line the whole command line
     * @param own how many of its last words are those of the caller's own command line
     * @param confined whether the program is started by perl
     */
    Starter starter(List<String> line, int own, boolean confined) {
        List<String> aside = setAside(confined);
        Set<String> names = aside.stream()
                .map(assignment -> assignment.substring(0, assignment.indexOf('=')))
                .collect(ImmutableSet.toImmutableSet());
        Optional<Supervisor> launcher = Supervisor.ofThisProcess();
        if (launcher.isPresent()) {
            Supervisor.Request request = new Supervisor.Request();
            for (String word : line.subList(0, line.size() - own)) {
                if (aside.contains(word)) {
                    request.variable(word.substring(0, word.indexOf('=')));
                } else {
                    request.word(word);
                }
            }
            request.own(own);
            names.forEach(request::unset);
            if (confined) {
                request.set(Confinement.QUIET);
            }
            if (keeps) {
                request.keepingEnvironment();
            }
            return () -> launcher.get().start(request);
        }
        ProcessBuilder builder = process(line);
        builder.environment().keySet().removeAll(names);
        if (!keeps) {
            builder.environment().keySet().removeAll(OF_SHELLS);
        }
        if (confined) {
            int equals = Confinement.QUIET.indexOf('=');
            builder.environment().put(Confinement.QUIET.substring(0, equals), Confinement.QUIET.substring(equals + 1));
        }
        return builder.inheritIO()::start;
    }

    /** Runs a command that reads nothing and prints little, on either stream. */
    Captured capture(List<String> command) throws IOException {
        Process process = process(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return new Captured(process.onExit().join().exitValue(), output);
    }

    /** The output of a command, and its exit status. */
    record Captured(int exitStatus, String output) {
        String firstLine() {
            return output.lines().findFirst().orElse("").strip();
        }
    }
}
