package io.github.strait.record;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an engine for its version, not that of the command that asks it. */
record EngineVersion(EngineClient client) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}[0-9A-Za-z.~+-]{0,24}");

    /** Its name with its version, such as {@code podman 4.3.1}; the name alone when it does not say. */
    String of(ContainerEngine engine) {
        List<String> command = switch (engine) {
            case PODMAN -> List.of("podman", "--version");
            case DOCKER -> List.of("docker", "version", "--format", "{{.Server.Version}}");
            case CRICTL -> List.of("crictl", "version");
            case CTR -> List.of("ctr", "version");
        };
        try {
            return engine
                    + number(engine, client.answer(command))
                            .map(number -> " " + number)
                            .orElse("");
        } catch (EngineException e) {
            return engine.toString();
        }
    }

    /** The last one, because the client's comes first; crictl says the version of its protocol after the engine's. */
    private static Optional<String> number(ContainerEngine engine, String text) {
        Matcher found = NUMBER.matcher(engine == ContainerEngine.CRICTL ? line(text, "RuntimeVersion:") : text);
        Optional<String> last = Optional.empty();
        while (found.find()) {
            last = Optional.of(found.group());
        }
        return last;
    }

    private static String line(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
    }
}
