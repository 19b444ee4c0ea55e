package io.github.strait.format;

import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Condition;

/** Writes a condition as the runtime specification does: {@code index}, {@code value}, {@code valueTwo}, {@code op}. */
public final class ConditionJson {
    private ConditionJson() {}

    /** Writes it as an element of an array. Only operators that use {@code valueTwo} have it. */
    public static void write(Condition condition, JsonWriter json) {
        json.object();
        json.field("index", condition.index());
        json.unsigned("value", condition.value());
        if (condition.operator().takesValueTwo()) {
            json.unsigned("valueTwo", condition.valueTwo());
        }
        json.field("op", condition.operator().token());
        json.end();
    }
}
