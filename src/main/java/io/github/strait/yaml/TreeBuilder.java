package io.github.strait.yaml;

import com.google.common.collect.ImmutableList;
import io.github.strait.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Makes trees of events. A value that aliases name is one object, but counts as often as it is named. */
final class TreeBuilder {
    private final int maxDepth;
    private final int maxNodes;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Named> anchors = new HashMap<>();
    private final ImmutableList.Builder<Json> documents = ImmutableList.builder();
    private final IdentityHashMap<Json, Doubt> doubts = new IdentityHashMap<>();
    private long nodes;

    /** A collection that has not ended. */
    private static final class Open {
        final int line;
        final boolean isMapping;
        final Optional<Anchor> anchor;
        final long nodesBefore;
        final List<Json> items = new ArrayList<>();
        final List<Json.Member> members = new ArrayList<>();
        final Set<String> keys = new HashSet<>();

        @Nullable
        String key;

        @Nullable
        Doubt doubt;

        int height = 1;

        Open(int line, CollectionStartEvent event, long nodesBefore) {
            this.line = line;
            this.isMapping = event.getEventId() == Event.ID.MappingStart;
            this.anchor = event.getAnchor();
            this.nodesBefore = nodesBefore;
        }
    }

    /** What an anchor stands for; without a value as long as it has not ended. */
    private record Named(@Nullable Json value, long nodes, int height) {}

    TreeBuilder(int maxDepth, int maxNodes) {
        this.maxDepth = maxDepth;
        this.maxNodes = maxNodes;
    }

    YamlStream stream() {
        return new YamlStream(documents.build(), doubts);
    }

    void add(Event event) throws YamlException {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        switch (event.getEventId()) {
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
            case DocumentStart -> begin(line, (DocumentStartEvent) event);
            case Alias -> alias(line, (AliasEvent) event);
            case Scalar -> scalar(line, (ScalarEvent) event);
            case SequenceStart, MappingStart -> start(line, (CollectionStartEvent) event);
            case SequenceEnd, MappingEnd -> end();
        }
    }

    private void begin(int line, DocumentStartEvent event) throws YamlException {
        if (event.getSpecVersion().isPresent() || !event.getTags().isEmpty()) {
            throw YamlException.refused(line, "a directive such as %YAML is not read; remove it");
        }
        anchors.clear();
    }

    private void count(int line, long more) throws YamlException {
        nodes += more;
        if (nodes > maxNodes) {
            throw YamlException.refused(
                    line, "larger than any profile (more than " + maxNodes + " values); is it one?");
        }
    }

    private void checkDepth(int line, int height) throws YamlException {
        if (open.size() + height > maxDepth) {
            throw YamlException.refused(
                    line, "deeper than any profile (more than " + maxDepth + " levels); is it one?");
        }
    }

    private static void checkTag(int line, Optional<String> tag) throws YamlException {
        if (tag.isPresent()) {
            throw YamlException.refused(line, "a tag such as !!str is not read; remove it");
        }
    }

    private void start(int line, CollectionStartEvent event) throws YamlException {
        checkTag(line, event.getTag());
        checkKey(line);
        checkDepth(line, 1);
        count(line, 1);
        open.push(new Open(line, event, nodes - 1));
        name(event, null, 0, 0);
    }

    private void name(NodeEvent event, @Nullable Json value, long size, int height) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Named(value, size, height)));
    }

    private void end() throws YamlException {
        Open ended = open.pop();
        Json value = ended.isMapping
                ? new Json.Fields(ended.line, ImmutableList.copyOf(ended.members))
                : new Json.Items(ended.line, ImmutableList.copyOf(ended.items));
        if (ended.doubt != null) {
            doubts.put(value, ended.doubt);
        }
        long size = nodes - ended.nodesBefore;
        ended.anchor.ifPresent(anchor -> anchors.put(anchor.getValue(), new Named(value, size, ended.height)));
        put(value, ended.height);
    }

    private void scalar(int line, ScalarEvent event) throws YamlException {
        checkTag(line, event.getTag());
        count(line, 1);
        Json value = event.isPlain() ? PlainScalar.read(line, event.getValue()) : new Json.Text(line, event.getValue());
        Optional<Doubt> doubt = event.isPlain() ? PlainScalar.doubt(line, event.getValue()) : Optional.empty();
        Open inside = open.peek();
        if (inside != null && inside.isMapping && inside.key == null) {
            key(line, inside, event.getValue());
            doubt.ifPresent(first -> inside.doubt = inside.doubt == null ? first : inside.doubt);
            name(event, new Json.Text(line, event.getValue()), 1, 0);
            return;
        }
        doubt.ifPresent(first -> doubts.put(value, first));
        name(event, value, 1, 0);
        put(value, 0);
    }

    private void alias(int line, AliasEvent event) throws YamlException {
        String name = event.getAnchor().map(Anchor::getValue).orElse("");
        Named named = anchors.get(name);
        if (named == null) {
            throw YamlException.refused(line, "alias *" + name + " stands before its anchor, or has none");
        }
        if (named.value == null) {
            throw YamlException.refused(line, "alias *" + name + " stands inside of what it names");
        }
        checkKey(line);
        checkDepth(line, named.height);
        count(line, named.nodes);
        put(named.value, named.height);
    }

    private void checkKey(int line) throws YamlException {
        Open inside = open.peek();
        if (inside != null && inside.isMapping && inside.key == null) {
            throw YamlException.refused(line, "a key is text; an alias or a collection cannot be one");
        }
    }

    private static void key(int line, Open inside, String key) throws YamlException {
        if (!inside.keys.add(key)) {
            throw YamlException.refused(line, "key '" + key + "' comes twice; remove one");
        }
        inside.key = key;
    }

    /** Puts a value where it belongs. */
    private void put(Json value, int height) {
        Open inside = open.peek();
        if (inside == null) {
            if (!value.isNull()) {
                documents.add(value);
            }
            return;
        }
        inside.height = Math.max(inside.height, height + 1);
        if (!inside.isMapping) {
            inside.items.add(value);
        } else if (inside.key != null) {
            inside.members.add(new Json.Member(inside.key, value));
            inside.key = null;
        }
    }
}
