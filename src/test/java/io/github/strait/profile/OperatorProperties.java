package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.syscall.Arch;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The operators against arithmetic without a word size. */
class OperatorProperties {
    @Property
    void comparesUnsignedNumbers(@ForAll long argument, @ForAll long value) {
        int order = unsigned(argument).compareTo(unsigned(value));
        assertEquals(order != 0, Operator.NE.test(argument, value, 0));
        assertEquals(order < 0, Operator.LT.test(argument, value, 0));
        assertEquals(order <= 0, Operator.LE.test(argument, value, 0));
        assertEquals(order == 0, Operator.EQ.test(argument, value, 0));
        assertEquals(order >= 0, Operator.GE.test(argument, value, 0));
        assertEquals(order > 0, Operator.GT.test(argument, value, 0));
    }

    @Property
    void masksBothSides(@ForAll long argument, @ForAll long mask, @ForAll long value) {
        boolean expected =
                unsigned(argument).and(unsigned(mask)).equals(unsigned(value).and(unsigned(mask)));
        assertEquals(expected, Operator.MASKED_EQ.test(argument, mask, value));
        assertEquals(true, Operator.MASKED_EQ.test(argument, mask, argument));
    }

    @Property
    void narrowAbisIgnoreTheHighWords(
            @ForAll Operator operator, @ForAll long argument, @ForAll long value, @ForAll int high) {
        Condition condition = new Condition(0, operator, value, 0);
        long other = ((long) high << 32) | (argument & 0xffffffffL);
        assertEquals(condition.test(Arch.X86, argument), condition.test(Arch.X86, other));
        assertEquals(operator.test(argument, value, 0), condition.test(Arch.X86_64, argument));
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
