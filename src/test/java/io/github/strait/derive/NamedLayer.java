package io.github.strait.derive;

import java.util.stream.Stream;

/** A layer of the tables by its name on the command line. */
public final class NamedLayer {
    private NamedLayer() {}

    public static Layer of(String name) {
        return Stream.concat(Layer.all().stream(), Layer.onRequest().stream())
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
