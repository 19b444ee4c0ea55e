package io.github.strait.trace;

import java.util.List;
import java.util.Random;

/** Versions of strace that changed what lines look like; each era lasts until the next begins. */
public enum Era {
    V4_6,
    V4_7,
    V4_8,
    V4_10,
    V4_11,
    V4_12,
    V4_15,
    V4_17,
    V4_21,
    V4_22,
    V4_23,
    V4_26,
    V5_0,
    V5_2,
    V5_6,
    V5_9,
    V5_12,
    V5_15,
    V5_19,
    V6_2,
    V6_9,
    V6_12,
    V6_16,
    V7_0,
    V7_1;

    /** What strace printed from one era to another, both included. */
    record Form(Era first, Era last, String text) {
        static Form always(String text) {
            return new Form(V4_6, V7_1, text);
        }

        static Form since(Era first, String text) {
            return new Form(first, V7_1, text);
        }

        static Form before(Era end, String text) {
            return new Form(V4_6, values()[end.ordinal() - 1], text);
        }

        static Form between(Era first, Era end, String text) {
            return new Form(first, values()[end.ordinal() - 1], text);
        }
    }

    static Era any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    boolean since(Era first) {
        return compareTo(first) >= 0;
    }

    boolean before(Era end) {
        return compareTo(end) < 0;
    }

    /** One of the forms that strace printed in this era. */
    String pick(Random random, List<Form> forms) {
        List<Form> mine = forms.stream()
                .filter(form -> since(form.first) && compareTo(form.last) <= 0)
                .toList();
        return mine.get(random.nextInt(mine.size())).text;
    }
}
