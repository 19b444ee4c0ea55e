package io.github.strait.record;

import com.google.common.io.BaseEncoding;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's process, which is the parent of this JVM. It receives the news that strait has started and how it
 * ended, starts the programs of {@code record} and {@code run}, and passes on signals that were sent to it alone. Both
 * speak in lines, over two pipes whose descriptors the property {@code strait.supervisor} names; ADR 10 lists them.
 */
public final class Supervisor {
    /** The number of the pipe to the launcher, and that of the pipe from it, if it starts programs. */
    private static final String PROPERTY = "strait.supervisor";

    private static final @Nullable Supervisor LAUNCHER = connect();

    private final OutputStream mouth;
    private final @Nullable InputStream ear;
    private @Nullable Consumer<String> listener;
    private @Nullable SupervisedProcess process;

    private Supervisor(OutputStream mouth, @Nullable InputStream ear) {
        this.mouth = mouth;
        this.ear = ear;
    }

    private static @Nullable Supervisor connect() {
        String ends = System.getProperty(PROPERTY);
        if (ends == null) {
            return null;
        }
        int colon = ends.indexOf(':');
        try {
            return new Supervisor(
                    new FileOutputStream("/proc/self/fd/" + (colon < 0 ? ends : ends.substring(0, colon))),
                    colon < 0 ? null : new FileInputStream("/proc/self/fd/" + ends.substring(colon + 1)));
        } catch (IOException e) {
            return null;
        }
    }

    /** The launcher, where it starts programs for this process. */
    static Optional<Supervisor> ofThisProcess() {
        return LAUNCHER == null || LAUNCHER.ear == null ? Optional.empty() : Optional.of(LAUNCHER);
    }

    /**
     * Reports that strait has started.
     *
     * @param exit what to do on a signal for which no listener is registered, with the exit status for it
     */
    public static void ready(IntConsumer exit) {
        if (LAUNCHER != null) {
            LAUNCHER.say("ready");
            if (LAUNCHER.ear != null) {
                Thread thread = new Thread(() -> LAUNCHER.hear(exit), "supervisor");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /** Says with which status this process ends; without it, the launcher takes its end for a failure of the JVM. */
    public static void ending(int status) {
        if (LAUNCHER != null) {
            LAUNCHER.say("exit " + status);
        }
    }

    /**
     * Says that nothing was done yet and that a damaged archive of classes may be why. Only where there is an archive.
     *
     * @return whether the launcher starts strait again, without it
     */
    public static boolean triesAgain() {
        if (LAUNCHER == null || System.getProperty("strait.archive") == null) {
            return false;
        }
        LAUNCHER.say("damaged");
        return true;
    }

    private synchronized void say(String line) {
        try {
            mouth.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // the launcher was killed, so nothing waits for a reply
        }
    }

    private void hear(IntConsumer exit) {
        try (InputStream in = ear == null ? InputStream.nullInputStream() : ear) {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "started" -> process().started(Long.parseLong(words[1]));
                    case "ended" -> process().ended(Integer.parseInt(words[1]));
                    default -> signal(words[1], exit);
                }
            }
        } catch (IOException e) {
            // As at the end of the stream.
        }
        SupervisedProcess left;
        synchronized (this) {
            left = process;
        }
        if (left != null) {
            left.orphaned();
        }
    }

    private void signal(String name, IntConsumer exit) {
        Consumer<String> heard;
        synchronized (this) {
            heard = listener;
        }
        if (heard != null) {
            heard.accept(name);
        } else {
            // in a thread of its own, as an exit waits for what may wait for this one
            new Thread(() -> exit.accept(ProcessSignals.status(name)), "signal").start();
        }
    }

    private synchronized SupervisedProcess process() {
        if (process == null) {
            throw new IllegalStateException("no process was asked for");
        }
        return process;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** Passes signals that were sent to the launcher alone to this listener, until closed. */
    synchronized Closeable listen(Consumer<String> signals) {
        listener = signals;
        return () -> {
            synchronized (this) {
                listener = null;
            }
        };
    }

    /** Has a program started; waits until it is. */
    Process start(Request request) throws IOException {
        SupervisedProcess started = new SupervisedProcess();
        synchronized (this) {
            process = started;
        }
        say("start" + request);
        started.awaitStart();
        return started;
    }

    /**
     * A request to start a program: its words, from here or from the caller's command line, and changes of the
     * environment.
     */
    static final class Request {
        private static final Charset NAMES =
                Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));

        private final StringBuilder text = new StringBuilder();

        private Request add(char what, String value) {
            text.append(' ')
                    .append(what)
                    .append(BaseEncoding.base16().lowerCase().encode(value.getBytes(NAMES)));
            return this;
        }

        Request word(String word) {
            return add('x', word);
        }

        /** A word {@code NAME=VALUE} with the value that the caller gave the variable. */
        Request variable(String name) {
            return add('e', name);
        }

        Request set(String assignment) {
            return add('s', assignment);
        }

        Request unset(String name) {
            return add('u', name);
        }

        /** The last words of the caller's command line. */
        Request own(int count) {
            text.append(" c").append(count);
            return this;
        }

        /** Leaves variables in the environment that a container does not set. */
        Request keepingEnvironment() {
            text.append(" k");
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
