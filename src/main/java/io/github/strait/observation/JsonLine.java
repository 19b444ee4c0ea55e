package io.github.strait.observation;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A line that strait itself writes into a trace: a prefix with a version, and one JSON object.
 *
 * @param longest characters of the line; a longer one is damaged
 * @param deepest how deep the object may be
 */
record JsonLine(String prefix, int longest, int deepest) {
    /**
     * Reads such a line.
     *
     * @param line without its end
     * @param reader reads the object; a refusal means that the line is damaged
     * @param damage called with what is wrong, to follow the name of the line; nothing of it counts then
     */
    <T> Optional<T> read(String line, SourcePosition at, Function<ObservationNode, T> reader, Consumer<String> damage) {
        if (line.length() > longest) {
            damage.accept("is longer than " + longest + " bytes");
        } else if (!line.startsWith(prefix)) {
            damage.accept("is of another version");
        } else {
            try {
                ObservationNode root = ObservationNode.root(
                        at.file(),
                        new JsonReader(JsonReader.Leniency.NONE, deepest, longest)
                                .read(line.substring(prefix.length())));
                return Optional.of(reader.apply(root));
            } catch (JsonException e) {
                damage.accept("is not one JSON object");
            } catch (RefusalException e) {
                damage.accept("is damaged: " + ObservationNode.problem(e));
            }
        }
        return Optional.empty();
    }
}
