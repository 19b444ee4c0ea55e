package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Collects the faults of a draft, in the order of the document. */
final class DraftFaults {
    private final List<Fault> faults = new ArrayList<>();
    private OptionalInt rule = OptionalInt.empty();

    /** Says which rule is being read. */
    void enterRule(int index) {
        rule = OptionalInt.of(index);
    }

    void leaveRule() {
        rule = OptionalInt.empty();
    }

    void add(Fault.Kind kind, Json where, String what, String fix) {
        add(kind, where.place().line(), what, fix);
    }

    void add(Fault.Kind kind, int line, String what, String fix) {
        faults.add(new Fault(kind, line, rule, what, fix));
    }

    void wrongType(Json value, String key, String wanted) {
        add(Fault.Kind.WRONG_TYPE, value, "'" + key + "' takes " + wanted + ", not " + value.kind(), "write " + wanted);
    }

    void badNumber(Json value, String key, boolean quoted, boolean negative) {
        String what = "'" + key + "' is " + (quoted ? "text" : value.kind());
        if (quoted) {
            what += ": runc refuses a number in quotes, and crun reads another number";
        } else if (negative) {
            what += ": runc refuses a negative number, and crun takes it for one beyond 2^63";
        } else {
            what += ", which is no whole number below 2^64";
        }
        add(Fault.Kind.BAD_NUMBER, value, what, "write an unsigned decimal number without quotes");
    }

    ImmutableList<Fault> all() {
        return ImmutableList.copyOf(faults);
    }
}
