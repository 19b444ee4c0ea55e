package io.github.strait.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into {@link io.github.strait.json.Json}. It refuses what a configuration has no use for and readers differ
 * in: tags, directives, keys that are not text or come twice. Built from events, because the library's own composer calls
 * itself for each level, and a hostile document would overflow the stack.
 */
public final class YamlReader {
    private final int maxDepth;
    private final int maxNodes;

    /**
     * A reader of documents that are small.
     *
     * @param maxDepth of collections inside each other
     * @param maxNodes keys, values and collections of all documents, those of an anchor each time that an alias names it:
     *     bounds time and memory
     */
    public YamlReader(int maxDepth, int maxNodes) {
        this.maxDepth = maxDepth;
        this.maxNodes = maxNodes;
    }

    /** Reads a text of any number of documents. */
    public YamlStream read(String text) throws YamlException {
        // all at once: for each portion of a long scalar the library would copy what it has of it
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(text.length() + 1)
                .setCodePointLimit(Integer.MAX_VALUE)
                .setParseComments(false)
                .build();
        TreeBuilder tree = new TreeBuilder(maxDepth, maxNodes);
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                tree.add(event);
            }
        } catch (YamlEngineException e) {
            throw refusal(text, e);
        }
        return tree.stream();
    }

    private static YamlException refusal(String text, YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked && marked.getProblem() != null) {
            int line = marked.getProblemMark().map(Mark::getLine).orElse(0);
            return YamlException.syntax(line + 1, marked.getProblem());
        }
        if (e instanceof ReaderException unreadable) {
            int end = text.offsetByCodePoints(
                    0, Math.min(unreadable.getPosition(), text.codePointCount(0, text.length())));
            int line =
                    (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
            return YamlException.syntax(line + 1, String.format("character U+%04X", unreadable.getCodePoint()));
        }
        return YamlException.syntax(
                1, String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
    }
}
