package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sets of arguments are written down. */
class CoverTest {
    private final ArgumentSpace space = new ArgumentSpace(64);

    /** Alternatives between bars, conditions between ampersands: {@code 0 EQ 5 & 1 LT 3 | 0 GT 7}. */
    private int set(String text, ArgumentSpace in) {
        int set = ArgumentSpace.NONE;
        for (String alternative : text.split(" \\| ", -1)) {
            int part = ArgumentSpace.ALL;
            for (String condition : alternative.split(" & ", -1)) {
                String[] words = condition.split(" ", -1);
                int index = Integer.parseInt(words[0]);
                long value = Long.parseUnsignedLong(words[2]);
                part = in.and(
                        part,
                        in.of(
                                words[1].equals("MASK")
                                        ? Condition.maskedEqual(index, value, Long.parseUnsignedLong(words[3]))
                                        : Condition.of(index, Operator.valueOf(words[1]), value)));
            }
            set = in.or(set, part);
        }
        return set;
    }

    private static String text(List<ImmutableList<Condition>> cover) {
        return cover.stream()
                .map(all -> all.stream().map(Condition::toString).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" | "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0 EQ 5; arg0 EQ 5",
                "0 EQ 6 | 0 EQ 7; arg0 & 0xfffffffffffffffe == 6",
                "0 EQ 5 | 0 EQ 5; arg0 EQ 5",
                "0 NE 5; arg0 NE 5",
                "0 LT 5 | 0 GT 5; arg0 NE 5",
                "0 LE 5; arg0 LT 6",
                "0 GE 5; arg0 GT 4",
                "0 LT 1; arg0 EQ 0",
                "0 GT 18446744073709551614; arg0 EQ 18446744073709551615",
                "0 LT 38 | 0 EQ 39 | 0 GT 40; arg0 LT 38 | arg0 EQ 39 | arg0 GT 40",
                "0 MASK 2114060288 0; arg0 & 0x7e020000 == 0",
                "0 MASK 4294967295 5; arg0 & 0xffffffff == 5",
                "0 EQ 0 | 0 EQ 8 | 0 EQ 131072 | 0 EQ 131080; arg0 EQ 0 | arg0 EQ 8 | arg0 EQ 131072 | arg0 EQ 131080",
                "0 EQ 1 | 1 EQ 2; arg1 EQ 2 | arg0 EQ 1",
                "0 EQ 1 & 1 EQ 2 | 0 EQ 3 & 1 EQ 2; arg0 EQ 1 & arg1 EQ 2 | arg0 EQ 3 & arg1 EQ 2",
                "5 EQ 1 & 0 EQ 2; arg0 EQ 2 & arg5 EQ 1",
                "0 EQ 1 | 0 EQ 1 & 1 EQ 2; arg0 EQ 1"
            })
    void aSetHasOneSpelling(String written, String canonical) {
        int set = set(written, space);
        List<ImmutableList<Condition>> cover = Cover.ofRules(space, set);
        assertEquals(canonical, text(cover));
        int back = ArgumentSpace.NONE;
        for (ImmutableList<Condition> all : cover) {
            back = space.or(back, space.of(all));
        }
        assertEquals(set, back);
    }

    @Test
    void aRangeIsDividedForRulesAndWholeForPeople() {
        int set = set("0 GE 5", space);
        set = space.minus(set, set("0 GT 10", space));
        assertEquals(
                "arg0 EQ 5 | arg0 & 0xfffffffffffffffe == 6 | arg0 & 0xfffffffffffffffe == 8 | arg0 EQ 10",
                text(Cover.ofRules(space, set)));
        assertEquals("arg0 GE 5 & arg0 LE 10", text(Cover.ofRanges(space, set)));
    }

    @Test
    void allIsOneAlternativeWithoutConditionsAndNothingIsNone() {
        assertEquals(List.of(ImmutableList.of()), Cover.ofRules(space, ArgumentSpace.ALL));
        assertEquals(List.of(), Cover.ofRules(space, ArgumentSpace.NONE));
    }

    @Test
    void onlyTheLowWordCountsInANarrowSpace() {
        ArgumentSpace narrow = new ArgumentSpace(32);
        assertEquals(set("0 EQ 4294967196", narrow), set("0 EQ 18446744073709551516", narrow));
        assertEquals("arg0 EQ 4294967295", text(Cover.ofRules(narrow, set("0 GE 4294967295", narrow))));
        assertEquals(ArgumentSpace.ALL, set("0 MASK 4294967296 0", narrow));
    }

    @Test
    void equalSetsAreTheSameNumber() {
        assertEquals(set("0 LT 4 | 0 GE 4", space), ArgumentSpace.ALL);
        assertEquals(set("0 LT 4 & 0 GE 4", space), ArgumentSpace.NONE);
        assertEquals(set("0 LT 16", space), set("0 MASK 18446744073709551600 0", space));
        assertEquals(space.minus(ArgumentSpace.ALL, set("1 EQ 7", space)), set("1 NE 7", space));
    }
}
