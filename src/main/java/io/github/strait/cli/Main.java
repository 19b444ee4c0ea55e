package io.github.strait.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program as a function of its streams and arguments; only {@code main} knows the process. */
@Command(
        name = "strait",
        description = "Reads strace output and writes the narrowest seccomp profile that the program can live in.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(System.in, System.out, System.err, args));
    }

    /** Runs one command and returns its exit status. */
    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    @Override
    public void run() {}

    /** The jar's own version; absent when the classes run outside a jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"strait " + (version == null ? "(not packaged)" : version)};
        }
    }
}
