package io.github.strait.json;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON value that knows where it begins; numbers keep their spelling. */
public sealed interface Json {
    /** The line where it begins, from 1. */
    int line();

    /** For messages: {@code an object}, {@code a number}. */
    String kind();

    /** A key of an object and what it stands before. */
    record Member(String name, Json value) {}

    /** An object, in the order of the document; a key may come several times. */
    record Fields(int line, ImmutableList<Member> members) implements Json {
        @Override
        public String kind() {
            return "an object";
        }

        /** The last value under exactly this key. */
        public Optional<Json> find(String name) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).name().equals(name)) {
                    return Optional.of(members.get(i).value());
                }
            }
            return Optional.empty();
        }
    }

    /** An array. */
    record Items(int line, ImmutableList<Json> list) implements Json {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /** A string. */
    record Text(int line, String value) implements Json {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number as it is spelt. */
    record Numeral(int line, String spelling) implements Json {
        @Override
        public String kind() {
            return "the number " + (spelling.length() > 40 ? spelling.substring(0, 40) + "..." : spelling);
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    record Literal(int line, String word) implements Json {
        @Override
        public String kind() {
            return word;
        }
    }

    default boolean isNull() {
        return this instanceof Literal constant && constant.word().equals("null");
    }

    /**
     * The value that Go's {@code encoding/json} has when a key comes twice. It decodes the second value into the result
     * of the first: objects unite, elements of arrays unite with those of the same index, and null changes no string
     * and no number.
     */
    default Json then(Json second) {
        if (second.isNull() && !(this instanceof Fields || this instanceof Items)) {
            return this;
        }
        if (this instanceof Fields before && second instanceof Fields after) {
            return new Fields(
                    after.line(),
                    ImmutableList.<Member>builder()
                            .addAll(before.members())
                            .addAll(after.members())
                            .build());
        }
        if (this instanceof Items before && second instanceof Items after) {
            List<Json> united = new ArrayList<>();
            for (int i = 0; i < after.list().size(); i++) {
                Json element = after.list().get(i);
                boolean meets = i < before.list().size() && element instanceof Fields;
                united.add(meets ? before.list().get(i).then(element) : element);
            }
            return new Items(after.line(), ImmutableList.copyOf(united));
        }
        return second;
    }

    /** Whether both say the same, wherever they stand. */
    default boolean says(Json other) {
        return canonical().equals(other.canonical());
    }

    private String canonical() {
        if (this instanceof Fields fields) {
            StringBuilder all = new StringBuilder("{");
            fields.members()
                    .forEach(member -> all.append(quoted(member.name()))
                            .append(member.value().canonical())
                            .append(','));
            return all.append('}').toString();
        }
        if (this instanceof Items items) {
            StringBuilder all = new StringBuilder("[");
            items.list().forEach(element -> all.append(element.canonical()).append(','));
            return all.append(']').toString();
        }
        return this instanceof Text text ? quoted(text.value()) : kind();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
