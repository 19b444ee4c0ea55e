package io.github.strait.format.spo;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Printable;
import io.github.strait.format.oci.Documents;
import io.github.strait.json.Json;
import java.util.stream.Collectors;

/** An object of Kubernetes, of any kind. */
record KubernetesObject(Json.Fields fields) {
    private static final int WORD = 60;
    private static final int LISTED = 4;

    /** The objects of a file; those in a list count themselves. */
    static ImmutableList<KubernetesObject> in(Documents documents) {
        ImmutableList.Builder<KubernetesObject> objects = ImmutableList.builder();
        documents.all().forEach(document -> add(document, objects));
        return objects.build();
    }

    private static void add(Json document, ImmutableList.Builder<KubernetesObject> objects) {
        if (!(document instanceof Json.Fields fields)) {
            return;
        }
        KubernetesObject object = new KubernetesObject(fields);
        if (object.kind().endsWith("List") && fields.find("items").orElse(null) instanceof Json.Items items) {
            items.list().forEach(item -> add(item, objects));
        } else {
            objects.add(object);
        }
    }

    int line() {
        return fields.line();
    }

    /** Its kind; empty when it has none. */
    String kind() {
        return text(fields, "kind");
    }

    /** Its name; empty when it has none. */
    String name() {
        return fields.find("metadata").orElse(null) instanceof Json.Fields metadata ? text(metadata, "name") : "";
    }

    /** For messages: {@code Pod 'web'}. */
    String label() {
        String kind = kind().isEmpty() ? "an object without a kind" : Printable.of(kind(), WORD);
        return kind + (name().isEmpty() ? "" : " '" + Printable.of(name(), WORD) + "'");
    }

    /** For messages: some of them, each with its line where there are several. */
    static String list(ImmutableList<KubernetesObject> objects) {
        if (objects.size() == 1) {
            return objects.get(0).label();
        }
        return objects.stream()
                        .limit(LISTED)
                        .map(object -> object.label() + " (line " + object.line() + ")")
                        .collect(Collectors.joining(", "))
                + (objects.size() > LISTED ? " and " + (objects.size() - LISTED) + " more" : "");
    }

    static String text(Json.Fields fields, String key) {
        return fields.find(key).orElse(null) instanceof Json.Text text ? text.value() : "";
    }
}
