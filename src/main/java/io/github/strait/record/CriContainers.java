package io.github.strait.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Containers of a Kubernetes node, as {@code crictl} describes them. It is given ids only, which it made itself. */
final class CriContainers {
    private static final String RUNNING = "CONTAINER_RUNNING";

    private CriContainers() {}

    static List<FoundContainer> find(String name, EngineClient client) throws EngineException {
        List<EngineAnswer> named = new ArrayList<>();
        List<EngineAnswer> running = new ArrayList<>();
        for (EngineAnswer each : EngineAnswer.of(client.answer(List.of("crictl", "ps", "--all", "--output", "json")))
                .at("containers")
                .elements()) {
            String id = each.at("id").text().orElse("");
            boolean isNamed = each.at("metadata", "name").text().equals(Optional.of(name));
            if (FoundDigest.isHexadecimal(id) && (isNamed || id.startsWith(name))) {
                named.add(each);
                if (each.at("state").text().equals(Optional.of(RUNNING))) {
                    running.add(each);
                }
            }
        }
        List<FoundContainer> found = new ArrayList<>();
        for (EngineAnswer each : running.isEmpty() ? named : running) {
            found.add(described(each, client));
        }
        return found;
    }

    private static FoundContainer described(EngineAnswer listed, EngineClient client) throws EngineException {
        String id = listed.at("id").text().orElse("");
        String name = listed.at("metadata", "name").text().orElse(id);
        boolean isRunning = listed.at("state").text().equals(Optional.of(RUNNING));
        EngineAnswer container = isRunning
                ? EngineAnswer.of(client.answer(List.of("crictl", "inspect", "--output", "json", id)))
                : new EngineAnswer(Optional.empty());
        Optional<String> reference = container.at("status", "imageRef").text();
        return new FoundContainer(
                ContainerEngine.CRICTL,
                name,
                id,
                container.at("status", "image", "image").text(),
                reference.flatMap(FoundDigest::of),
                container.at("info", "pid").pid(),
                isRunning ? "running" : "not running");
    }
}
