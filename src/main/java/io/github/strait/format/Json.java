package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** A JSON value that remembers where it begins; numbers keep their spelling. */
sealed interface Json {
    Place place();

    /** For messages: {@code an object}, {@code a number}. */
    String kind();

    /** A line and a column, both from 1. */
    record Place(int line, int column) {}

    /** An object, in the order of the document. */
    record Fields(Place place, ImmutableMap<String, Json> byName) implements Json {
        @Override
        public String kind() {
            return "an object";
        }
    }

    /** An array. */
    record Items(Place place, ImmutableList<Json> list) implements Json {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /** A string. */
    record Text(Place place, String value) implements Json {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number as it is spelt. */
    record Numeral(Place place, String spelling) implements Json {
        @Override
        public String kind() {
            return "the number " + (spelling.length() > 40 ? spelling.substring(0, 40) + "..." : spelling);
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    record Constant(Place place, String word) implements Json {
        @Override
        public String kind() {
            return word;
        }

        boolean isNull() {
            return word.equals("null");
        }
    }
}
