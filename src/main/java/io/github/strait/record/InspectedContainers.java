package io.github.strait.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Containers as {@code podman inspect} and {@code docker inspect} describe them. */
final class InspectedContainers {
    private InspectedContainers() {}

    static List<FoundContainer> find(ContainerEngine engine, String name, EngineClient client) throws EngineException {
        EngineClient.Answer answer =
                client.ask(List.of(engine.toString(), "inspect", "--type", "container", "--", name));
        if (answer.status() != 0) {
            if (answer.err().toLowerCase(Locale.ROOT).contains("no such container")) {
                return List.of();
            }
            throw new EngineException(answer.reason());
        }
        List<FoundContainer> found = new ArrayList<>();
        for (EngineAnswer container : EngineAnswer.of(answer.out()).elements()) {
            String id = container.at("Id").text().orElseThrow(() -> new EngineException("a container has no Id"));
            String called = container.at("Name").text().orElse(id);
            found.add(new FoundContainer(
                    engine,
                    called.startsWith("/") ? called.substring(1) : called,
                    id,
                    container
                            .at("ImageName")
                            .text()
                            .or(() -> container.at("Config", "Image").text()),
                    engine == ContainerEngine.PODMAN
                            ? container.at("ImageDigest").text()
                            : digest(engine, container.at("Image").text(), client),
                    container.at("State", "Pid").pid(),
                    container.at("State", "Status").text().orElse("in an unknown state")));
        }
        return found;
    }

    /** Docker tells the id of the image, and only the image tells the digest under which a registry has it. */
    private static Optional<String> digest(ContainerEngine engine, Optional<String> image, EngineClient client)
            throws EngineException {
        if (image.isEmpty()) {
            return image;
        }
        EngineClient.Answer answer =
                client.ask(List.of(engine.toString(), "inspect", "--type", "image", "--", image.get()));
        return (answer.status() == 0 ? EngineAnswer.of(answer.out()).elements() : List.<EngineAnswer>of())
                .stream()
                        .flatMap(each -> each.at("RepoDigests").elements().stream())
                        .flatMap(each -> each.text().stream())
                        .map(FoundDigest::of)
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
