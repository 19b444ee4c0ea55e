package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What a value is called is read back as that value, as if strace had printed it. */
class ValueNamesProperties {
    @Provide
    Arbitrary<List<String>> rows() {
        return Arbitraries.of(ValueNamesTest.rows());
    }

    @Property(tries = 3000)
    void namesAreReadBack(
            @ForAll("rows") List<String> row,
            @ForAll Arch arch,
            @ForAll @LongRange(min = 0, max = 0xffffffffL) long value) {
        check(row, arch, value);
    }

    @Property
    void namesOfSmallNumbersToo(
            @ForAll("rows") List<String> row, @ForAll Arch arch, @ForAll @LongRange(min = 0, max = 300) long value) {
        check(row, arch, value);
    }

    /** The level that a row of options needs is that of its condition. */
    private static void check(List<String> row, Arch arch, long value) {
        String call = TableResource.items(row.get(0)).get(0);
        int register = Integer.parseInt(row.get(1));
        String when = row.get(3);
        Map<Integer, Long> others = when.equals(TableResource.ABSENT)
                ? Map.of()
                : Map.of(
                        when.charAt(0) - '0',
                        NamedConstant.value(
                                        TableResource.items(when.substring(2)).get(0), arch)
                                .orElse(0));
        String words = new ValueNames(call, arch).of(register, value, others);
        assertEquals(OptionalLong.of(value), PrintedNumber.value(words, arch), words);
    }
}
