package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recording runtime {@code strait-oci} of an engine: how a container is run with it, and where its traces are.
 *
 * @param engine which knows the runtime
 * @param command the engine's command line up to the options of {@code run}
 * @param traces the folder that has one for each container
 * @param id the file into which the engine writes the container's id
 */
record RecordingRuntime(ContainerEngine engine, ImmutableList<String> command, Path traces, Path id) {
    private static final String NAME = "strait-oci";
    /** In the folder, beside those of containers. */
    private static final String ID = "id";

    private static final String DIRECTORY = "--strait-dir=";
    /** As strait-oci and the engines shorten an id. */
    private static final int SHORT = 12;

    /**
     * Sets the runtime up for one container.
     *
     * @param folder private to this recording
     * @throws RefusalException when the engine does not know it, with what is to be configured once
     */
    static RecordingRuntime of(ContainerEngine engine, Path folder, CallerEnvironment environment) {
        Path program = program(environment);
        EngineClient client = new EngineProcess(environment);
        try {
            return engine == ContainerEngine.PODMAN
                    ? podman(program, folder, client)
                    : docker(program, folder.resolve(ID), client);
        } catch (EngineException e) {
            throw RefusalException.of(
                    "no-engine", engine + " cannot be asked: " + e.getMessage() + "; start it, or be root");
        }
    }

    /** Beside the launcher, or on PATH. */
    private static Path program(CallerEnvironment environment) {
        Path jar = Path.of(System.getProperty("strait.jar", System.getProperty("java.class.path", "")));
        Path target = jar.toAbsolutePath().getParent();
        if (target != null && target.getParent() != null) {
            Path beside = target.getParent().resolve(NAME);
            if (Files.isExecutable(beside)) {
                return beside;
            }
        }
        return CommandLookup.find(NAME, environment.variable("PATH").orElse("")).toAbsolutePath();
    }

    private static RecordingRuntime podman(Path program, Path folder, EngineClient client) throws EngineException {
        String runtime = ofPodman(client);
        ImmutableList.Builder<String> command = ImmutableList.builder();
        command.add("podman", "--runtime", program.toString());
        command.add("--runtime-flag", "strait-dir=" + folder, "--runtime-flag", "strait-strict");
        if (!runtime.isEmpty() && !runtime.endsWith("/" + NAME)) {
            command.add("--runtime-flag", "strait-runtime=" + runtime);
        }
        Path id = folder.resolve(ID);
        return new RecordingRuntime(
                ContainerEngine.PODMAN,
                command.add("run", "--cidfile", id.toString()).build(),
                folder,
                id);
    }

    /** The file of the runtime that it is set up with. */
    private static String ofPodman(EngineClient client) throws EngineException {
        return client.answer(List.of("podman", "info", "--format", "{{.Host.OCIRuntime.Path}}"))
                .strip();
    }

    /** The name of the runtime behind it, where the engine tells that; else the engine's. */
    static String name(ContainerEngine engine, CallerEnvironment environment) {
        if (engine == ContainerEngine.PODMAN) {
            try {
                String file = ofPodman(new EngineProcess(environment));
                return file.substring(file.lastIndexOf('/') + 1);
            } catch (EngineException e) {
                // it has been asked before, so it has gone since
            }
        }
        return engine.toString();
    }

    /** The daemon has its own list of runtimes, and the options of each. */
    private static RecordingRuntime docker(Path program, Path id, EngineClient client) throws EngineException {
        EngineAnswer runtimes =
                EngineAnswer.of(client.answer(List.of("docker", "info", "--format", "{{json .Runtimes}}")));
        for (String name : runtimes.keys()) {
            EngineAnswer runtime = runtimes.at(name);
            if (runtime.at("path").text().orElse("").endsWith("/" + NAME)) {
                Path traces = runtime.at("runtimeArgs").elements().stream()
                        .flatMap(word -> word.text().stream())
                        .filter(word -> word.startsWith(DIRECTORY))
                        .map(word -> Path.of(word.substring(DIRECTORY.length())))
                        .findFirst()
                        .orElse(Path.of("/var/lib/strait"));
                return new RecordingRuntime(
                        ContainerEngine.DOCKER,
                        ImmutableList.of("docker", "run", "--runtime", name, "--cidfile", id.toString()),
                        traces,
                        id);
            }
        }
        throw RefusalException.of(
                "no-runtime",
                "the Docker daemon does not know the recording runtime; add this to /etc/docker/daemon.json once, and"
                        + " reload it (systemctl reload docker): {\"runtimes\": {\"strait\": {\"path\": \"" + program
                        + "\"}}}");
    }

    /** The traces of the container: of its starts and of sessions in it, in this order. */
    List<Path> found() throws IOException {
        if (!Files.exists(id)) {
            return List.of();
        }
        String whole = Files.readString(id).strip();
        String prefix = whole.substring(0, Math.min(SHORT, whole.length())) + "-";
        List<Path> starts = new ArrayList<>();
        List<Path> sessions = new ArrayList<>();
        try (DirectoryStream<Path> containers = Files.newDirectoryStream(traces, Files::isDirectory)) {
            for (Path container : containers) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(container, prefix + "*.strace")) {
                    files.forEach(
                            file -> (file.getFileName().toString().contains("-exec-") ? sessions : starts).add(file));
                }
            }
        }
        starts.sort(null);
        sessions.sort(null);
        starts.addAll(sessions);
        return starts;
    }

    /** Stops the container: SIGTERM, and SIGKILL after the engine's usual time. */
    void stop(CallerEnvironment environment) throws IOException {
        if (Files.exists(id)) {
            environment.capture(
                    List.of(engine.toString(), "stop", Files.readString(id).strip()));
        }
    }

    /** What the runtime said last of what it could not record; empty when it said nothing. */
    Optional<String> said() throws IOException {
        Path log = traces.resolve(NAME + ".log");
        return Files.exists(log) ? Files.readAllLines(log).stream().reduce((one, other) -> other) : Optional.empty();
    }
}
