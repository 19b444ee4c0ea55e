package io.github.strait.record;

import java.util.Optional;

/**
 * What an engine says of a container.
 *
 * @param name how the engine calls it
 * @param image the reference that it was made from
 * @param digest that of the image, such as {@code sha256:12ab}
 * @param pid its first process as this machine counts; 0 when it does not run
 * @param state the engine's word
 */
record FoundContainer(
        ContainerEngine engine,
        String name,
        String id,
        Optional<String> image,
        Optional<String> digest,
        long pid,
        String state) {

    boolean isRunning() {
        return pid > 0;
    }

    boolean isPaused() {
        return state.equals("paused");
    }
}
