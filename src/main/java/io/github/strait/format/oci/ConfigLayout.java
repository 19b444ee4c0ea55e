package io.github.strait.format.oci;

import io.github.strait.json.JsonMembers;
import java.util.List;

/**
 * How a JSON document is laid out, and what is put into it likewise.
 *
 * @param text the document
 * @param unit what indents a level; empty where the document is one line
 * @param newline what ends a line; empty where the document is one line
 */
record ConfigLayout(String text, String unit, String newline) {
    /** That of a document whose outermost object has these members. */
    static ConfigLayout of(String text, List<JsonMembers.Member> members) {
        if (!members.isEmpty()) {
            int key = members.get(0).key();
            int line = text.lastIndexOf('\n', key);
            if (line >= 0 && text.substring(line, key).isBlank()) {
                return new ConfigLayout(text, text.substring(line + 1, key), text.contains("\r\n") ? "\r\n" : "\n");
            }
        }
        return new ConfigLayout(text, "", "");
    }

    /** The value under a key of this depth: the objects of the keys on the way, then the value. */
    String nested(int depth, List<String> keys, String value) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            out.append('{').append(indent(depth + i + 1)).append(named(keys.get(i)));
        }
        out.append(indented(depth + keys.size(), value));
        for (int i = keys.size(); i > 0; i--) {
            out.append(indent(depth + i - 1)).append('}');
        }
        return out.toString();
    }

    /** The document with one more member, the last one, in the object that begins there. */
    String inserted(int object, List<JsonMembers.Member> members, int depth, List<String> keys, String value) {
        String member = indent(depth) + named(keys.get(0)) + nested(depth, keys.subList(1, keys.size()), value);
        if (members.isEmpty()) {
            return text.substring(0, object + 1) + member + indent(depth - 1) + text.substring(object + 1);
        }
        int end = members.get(members.size() - 1).end();
        return text.substring(0, end) + ',' + member + text.substring(end);
    }

    private String named(String key) {
        return '"' + key + (newline.isEmpty() ? "\":" : "\": ");
    }

    private String indent(int depth) {
        return newline + unit.repeat(depth);
    }

    /** Lines that are indented by two spaces, as those of a document of this depth. */
    private String indented(int depth, String value) {
        StringBuilder out = new StringBuilder();
        for (String line : value.split("\n", -1)) {
            String bare = line.stripLeading();
            if (out.length() > 0) {
                out.append(indent(depth + (line.length() - bare.length()) / 2));
            }
            out.append(bare);
        }
        return out.toString();
    }
}
