package io.github.strait.record;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks by running the command, with the caller's environment and a limit of time and of length. */
final class EngineProcess implements EngineClient {
    private static final int PATIENCE = 20;
    private static final int LONGEST = 1 << 25;

    private final CallerEnvironment environment;

    EngineProcess(CallerEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Answer ask(List<String> command) throws EngineException {
        ProcessBuilder builder = environment.process(command);
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        try {
            Process process = builder.start();
            CompletableFuture.delayedExecutor(PATIENCE, TimeUnit.SECONDS).execute(process::destroyForcibly);
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String out = text(process.getInputStream());
            int status = process.onExit().join().exitValue();
            if (status == 128 + 9) {
                throw new EngineException("it did not answer within " + PATIENCE + " seconds");
            }
            return new Answer(status, out, err.join());
        } catch (IOException e) {
            throw new EngineException("it cannot be run: " + e.getMessage());
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
