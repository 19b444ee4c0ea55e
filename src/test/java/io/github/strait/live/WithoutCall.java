package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** A profile without one of the calls that it allows. */
final class WithoutCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WithoutCall() {}

    /** The document with the name taken out of every rule: the default action is left for the call. */
    static ObjectNode of(byte[] profile, String call) throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(profile);
        ArrayNode rules = (ArrayNode) document.required("syscalls");
        int removed = 0;
        for (int rule = rules.size() - 1; rule >= 0; rule--) {
            ArrayNode names = (ArrayNode) rules.required(rule).required("names");
            for (int name = names.size() - 1; name >= 0; name--) {
                if (names.required(name).asText().equals(call)) {
                    names.remove(name);
                    removed++;
                }
            }
            if (names.isEmpty()) {
                rules.remove(rule);
            }
        }
        assertTrue(removed > 0, call + " is not in the profile");
        return document;
    }

    /** Its bytes. */
    static byte[] bytes(ObjectNode document) throws IOException {
        return JSON.writeValueAsBytes(document);
    }
}
