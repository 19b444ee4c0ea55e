package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Records a command of another machine: qemu-user runs it and logs its calls. */
public final class QemuRecorder {
    private static final int SIGKILL = 9;
    private static final String COMMA = ",";

    private final Consumer<Diagnostic> listener;
    private final CallerEnvironment environment;

    /** @param listener receives warnings during the recording */
    public QemuRecorder(Consumer<Diagnostic> listener, CallerEnvironment environment) {
        this.listener = listener;
        this.environment = environment;
    }

    /**
     * Records, and returns when the command has ended. It has the standard streams of this process; signals sent to this
     * process are passed on to it.
     *
     * @param guest the ABI of the command
     * @param root where a dynamic command finds its loader and its libraries
     * @throws RefusalException when nothing was recorded
     */
    public RecordResult record(RecordOptions options, Arch guest, Optional<Path> root) {
        Emulator emulator = Emulator.find(guest, environment);
        String command = options.command().get(0);
        Path program = CommandLookup.find(command, environment.variable("PATH").orElse(null));
        root.filter(directory -> !Files.isDirectory(directory)).ifPresent(directory -> {
            throw RefusalException.usage(
                    "'" + directory + "' is not a directory; -L takes the root of the files of " + guest.label());
        });
        try (TraceFile file = TraceFile.create(options.trace());
                PrivateFolder folder = PrivateFolder.roomy()) {
            if (!file.isReadable()) {
                throw RefusalException.of(
                        "no-trace-file",
                        options.trace()
                                + " is not a regular file, which --qemu needs for its header; name one with -o");
            }
            Path log = folder.file("log");
            List<String> line = emulator.command(log, root, variables(), program, options.command());
            int status = run(line, options, log);
            if (!Files.exists(log) || Files.size(log) == 0) {
                throw RefusalException.of(
                        "no-trace",
                        "qemu ran no call of '" + command + "' and ended with status " + status
                                + "; it says why above; a program that is linked dynamically needs its libraries:"
                                + " -L ROOT");
            }
            join(header(emulator, command), log, file.output());
            Path trace = file.keep(listener);
            boolean isWhole = status != TraceEnd.KILLED + SIGKILL;
            if (!isWhole) {
                listener.accept(EarlyEnd.diagnostic(trace, "qemu was killed by SIGKILL, and the program with it"));
            }
            return new RecordResult(isWhole ? status : StartStatus.FAILED, trace, isWhole);
        } catch (IOException e) {
            throw RefusalException.of(
                    "no-trace-file",
                    "cannot write " + options.trace() + ": " + e.getMessage() + "; choose another place with -o");
        }
    }

    private int run(List<String> line, RecordOptions options, Path log) throws IOException {
        List<String> unblocked = new Recorder(listener, environment).unblocked(line);
        CallerEnvironment.Starter starter =
                environment.starter(unblocked, options.command().size() - 1, false);
        try (Forwarding forwarding = Forwarding.untraced()) {
            Process process = forwarding.start(starter);
            return new StraceWatch(process, log, options, forwarding, RecordProgress.NONE).await();
        }
    }

    /** What the dynamic linker of the program obeys, which qemu's own must not. qemu takes a comma for the next variable. */
    private List<String> variables() {
        ImmutableList.Builder<String> passed = ImmutableList.builder();
        for (String variable : environment.setAside(false)) {
            if (variable.contains(COMMA)) {
                listener.accept(Diagnostic.warning(
                        "not-passed",
                        null,
                        "the command does not get the variable " + variable.substring(0, variable.indexOf('='))
                                + ", as qemu cannot pass one with a comma"));
            } else {
                passed.add(variable);
            }
        }
        return passed.build();
    }

    private static Recording header(Emulator emulator, String command) {
        TreeMap<Fact, String> facts = new TreeMap<>();
        facts.put(Fact.ABI, emulator.guest().label());
        facts.put(Fact.EMULATOR, emulator.version());
        String processors = RecordedMachine.here().facts().get(Fact.PROCESSORS);
        if (processors != null) {
            facts.put(Fact.PROCESSORS, processors);
        }
        // the other words may hold secrets
        return new Recording(
                Recording.Kind.EMULATED,
                ImmutableSortedMap.copyOf(facts),
                ImmutableList.of(command),
                Optional.empty(),
                false,
                ImmutableSortedSet.of());
    }

    private static void join(Recording header, Path log, Path output) throws IOException {
        try (OutputStream out = Files.newOutputStream(output, StandardOpenOption.WRITE)) {
            out.write(RecordingHeader.of(header).getBytes(StandardCharsets.US_ASCII));
            Files.copy(log, out);
        }
    }
}
