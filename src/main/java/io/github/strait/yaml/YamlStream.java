package io.github.strait.yaml;

import com.google.common.collect.ImmutableList;
import io.github.strait.json.Json;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The documents of one text, and where readers of YAML would disagree about it. */
public final class YamlStream {
    private final ImmutableList<Json> documents;
    private final Map<Json, Doubt> doubts;

    YamlStream(ImmutableList<Json> documents, IdentityHashMap<Json, Doubt> doubts) {
        this.documents = documents;
        this.doubts = doubts;
    }

    /** The documents, without those that are empty. */
    public ImmutableList<Json> documents() {
        return documents;
    }

    /** The first doubt about a part of a document; empty when all readers read it alike. */
    public Optional<Doubt> doubtIn(Json part) {
        if (doubts.isEmpty()) {
            return Optional.empty();
        }
        Doubt here = doubts.get(part);
        if (here != null) {
            return Optional.of(here);
        }
        if (part instanceof Json.Fields fields) {
            return first(fields.members().stream().map(Json.Member::value).toList());
        }
        return part instanceof Json.Items items ? first(items.list()) : Optional.empty();
    }

    private Optional<Doubt> first(Iterable<Json> parts) {
        for (Json part : parts) {
            Optional<Doubt> doubt = doubtIn(part);
            if (doubt.isPresent()) {
                return doubt;
            }
        }
        return Optional.empty();
    }
}
