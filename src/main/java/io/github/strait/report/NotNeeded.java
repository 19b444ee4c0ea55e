package io.github.strait.report;

import io.github.strait.derive.Denial;
import io.github.strait.derive.Layer;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The fate of a call that nothing needs on an architecture. */
public sealed interface NotNeeded {
    /** It is allowed: a rule names calls for several architectures, and another one needs it. */
    record Shared() implements NotNeeded {}

    /** It gets an error of its own. */
    record Denied(Denial denial) implements NotNeeded {}

    /** The evidence shows it, but its number has no name, and a profile lists names. */
    record Nameless() implements NotNeeded {}

    /**
     * A layer that is off names it.
     *
     * @param onRequest whether the layer is off unless asked for
     */
    record LayerOff(String layer, String why, boolean onRequest) implements NotNeeded {}

    /** Nothing names it. */
    record Unnamed() implements NotNeeded {}

    /**
     * The fate of a call.
     *
     * @param seen whether the evidence shows it
     * @param shared the calls that a document allows on this architecture because another one needs them
     * @param denials the calls that it denies there with an error of their own
     */
    static NotNeeded of(Arch arch, String name, boolean seen, Set<String> shared, Map<String, Denial> denials) {
        Denial denial = denials.get(name);
        if (shared.contains(name)) {
            return new Shared();
        } else if (denial != null) {
            return new Denied(denial);
        }
        return seen ? new Nameless() : layerOff(arch, name).orElseGet(Unnamed::new);
    }

    private static Optional<NotNeeded> layerOff(Arch arch, String name) {
        return Stream.concat(Layer.all().stream(), Layer.onRequest().stream())
                .filter(layer -> layer.on(arch).containsKey(name))
                .findFirst()
                .map(layer -> new LayerOff(
                        layer.name(),
                        layer.on(arch).getOrDefault(name, ""),
                        Layer.onRequest().contains(layer)));
    }
}
