package io.github.strait.format.seccompiler;

import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Action;
import io.github.strait.profile.CallRules;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import java.util.Locale;
import java.util.Map;

/** Writes a filter, a line for each rule. Arguments are compared with all of their 64 bits. */
final class FilterText {
    private final JsonWriter json = JsonWriter.of(JsonWriter.Layout.LINES);

    /** The document; use an instance only once. */
    String of(String thread, Decision byDefault, Decision matched, Map<String, CallRules> calls) {
        json.object();
        json.object(thread);
        action("default_action", byDefault);
        action("filter_action", matched);
        json.array("filter");
        calls.forEach((name, rules) -> rules.cases().forEach(one -> rule(name, one)));
        json.end();
        json.end();
        json.end();
        return json.text();
    }

    private void action(String key, Decision decision) {
        if (decision.action().takesErrno()) {
            json.onOneLine();
            json.object(key);
            json.field(word(decision.action()), decision.errno());
            json.end();
        } else {
            json.field(key, word(decision.action()));
        }
    }

    static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private void rule(String name, CallRules.Case one) {
        json.onOneLine();
        json.object();
        json.field("syscall", name);
        if (!one.conditions().isEmpty()) {
            json.array("args");
            one.conditions().forEach(this::condition);
            json.end();
        }
        one.rule().comment().ifPresent(text -> json.field("comment", text));
        json.end();
    }

    private void condition(Condition condition) {
        json.object();
        json.field("index", condition.index());
        json.field("type", "qword");
        if (condition.operator() == Operator.MASKED_EQ) {
            json.object("op");
            json.unsigned("masked_eq", condition.value());
            json.end();
            json.unsigned("val", condition.valueTwo() & condition.value());
        } else {
            json.field("op", condition.operator().name().toLowerCase(Locale.ROOT));
            json.unsigned("val", condition.value());
        }
        json.end();
    }
}
