package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Records containers from their start, with an engine that runs them by {@code strait-oci}. */
public final class ImageRecorder {
    private static final int LONGEST = 300;
    /** How long strace may take to end after the container, in steps of {@link #PAUSE} milliseconds. */
    private static final int STEPS = 200;

    private static final int PAUSE = 25;

    private final Consumer<Diagnostic> listener;
    private final CallerEnvironment environment;

    /** @param listener receives warnings during the recording */
    public ImageRecorder(Consumer<Diagnostic> listener, CallerEnvironment environment) {
        this.listener = listener;
        this.environment = environment;
    }

    /**
     * How a recording ended.
     *
     * @param main the trace of the container's start
     * @param more those of further starts and of sessions in it
     */
    public record Result(RecordResult main, ImmutableList<Path> more) {
        /** All traces, that of the start first. */
        public ImmutableList<Path> traces() {
            return ImmutableList.<Path>builder().add(main.trace()).addAll(more).build();
        }
    }

    /**
     * Runs a container to its end, and puts its trace in its place.
     *
     * @throws RefusalException when nothing was recorded
     */
    public Result record(ImageOptions options) {
        if (options.isDetached()) {
            throw RefusalException.usage(
                    "strait waits for the container; leave out --detach, or record it with --container NAME");
        }
        ContainerEngine engine = engine(options);
        try (TraceFile place = TraceFile.create(options.trace());
                PrivateFolder folder = PrivateFolder.temporary()) {
            Path own = Files.createDirectory(folder.file("traces"));
            try {
                RecordingRuntime runtime = RecordingRuntime.of(engine, own, environment);
                int status = run(runtime, options);
                List<Path> traces = runtime.found();
                return traces.isEmpty() ? nothing(engine, runtime, status) : kept(traces, place, status);
            } finally {
                MoreFiles.deleteRecursively(own);
            }
        } catch (IOException e) {
            throw RefusalException.of(
                    "no-trace-file",
                    "cannot record to " + options.trace() + ": " + e.getMessage() + "; choose another place with -o");
        }
    }

    /** The runtime of a recording by its name: {@code crun}; the engine where that does not tell. */
    public String runtime(ImageOptions options) {
        return RecordingRuntime.name(engine(options), environment);
    }

    private ContainerEngine engine(ImageOptions options) {
        List<ContainerEngine> engines =
                options.engine().map(List::of).orElse(List.of(ContainerEngine.PODMAN, ContainerEngine.DOCKER));
        for (ContainerEngine engine : engines) {
            if (engine != ContainerEngine.PODMAN && engine != ContainerEngine.DOCKER) {
                throw RefusalException.usage("--image is for podman and docker; for others see the runtime strait-oci");
            }
            try {
                CommandLookup.find(
                        engine.toString(), environment.variable("PATH").orElse(""));
                return engine;
            } catch (RefusalException e) {
                // the next one
            }
        }
        throw RefusalException.of(
                "no-engine",
                "no " + (engines.size() == 1 ? engines.get(0) : "podman or docker")
                        + " on PATH to run the image with; install one (apt-get install podman)");
    }

    private int run(RecordingRuntime runtime, ImageOptions options) throws IOException {
        List<String> line = ImmutableList.<String>builder()
                .addAll(runtime.command())
                .addAll(options.run())
                .addAll(options.command())
                .build();
        CallerEnvironment.Starter starter =
                environment.starter(line, options.command().size(), false);
        try (Forwarding forwarding = Forwarding.untraced()) {
            Process process = forwarding.start(starter);
            if (options.duration().isPresent()
                    && !process.waitFor(options.duration().get().toMillis(), TimeUnit.MILLISECONDS)) {
                runtime.stop(environment);
            }
            return process.onExit().join().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** No container was started: the engine has said why, and its status says so, too, or the recording runtime has. */
    private static Result nothing(ContainerEngine engine, RecordingRuntime runtime, int status) throws IOException {
        if (status == StartStatus.NOT_EXECUTABLE || status == StartStatus.NOT_FOUND) {
            throw RefusalException.of(
                    status == StartStatus.NOT_FOUND ? "not-found" : "not-executable",
                    engine + " could not start the container's command, see above");
        }
        String why = runtime.said()
                .map(line -> "the recording runtime says: " + Printable.of(line, LONGEST))
                .orElse(engine + " did not start the container, see above (its status is " + status + ")");
        throw RefusalException.of("not-started", why);
    }

    private Result kept(List<Path> traces, TraceFile place, int status) throws IOException {
        for (Path trace : traces) {
            awaitEnd(trace);
        }
        Files.copy(traces.get(0), place.output(), StandardCopyOption.REPLACE_EXISTING);
        TraceEnd end = TraceEnd.of(place.output());
        Path main = place.keep(listener);
        boolean isComplete = end.unended().isEmpty();
        if (!isComplete) {
            listener.accept(Diagnostic.error(
                    "incomplete",
                    SourcePosition.ofFile(main.toString()),
                    end.unended().size() + " of its tasks had not ended when strace did: was it killed, or is the disk"
                            + " full? record again"));
        }
        List<Path> more = new ArrayList<>();
        for (Path trace : traces.subList(1, traces.size())) {
            try (TraceFile file = TraceFile.create(further(main, more.size() + 2))) {
                Files.copy(trace, file.output(), StandardCopyOption.REPLACE_EXISTING);
                more.add(file.keep(listener));
            }
        }
        return new Result(
                new RecordResult(isComplete ? status : StartStatus.FAILED, main, isComplete),
                ImmutableList.copyOf(more));
    }

    /** The name with a number before its ending: {@code app.2.strace.zst}. */
    private static Path further(Path main, int number) {
        String name = main.getFileName().toString();
        int dot = name.indexOf(".strace");
        int at = dot < 0 ? name.length() : dot;
        return main.resolveSibling(name.substring(0, at) + "." + number + name.substring(at));
    }

    /** Waits until no strace writes to it. */
    private static void awaitEnd(Path trace) throws IOException {
        for (int i = 0; i < STEPS && isWritten(trace); i++) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean isWritten(Path trace) throws IOException {
        String word = "\0" + trace + "\0";
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.anyMatch(process -> {
                try {
                    return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains(word);
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }
}
