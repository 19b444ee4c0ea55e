package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.ValuePattern;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tuples that conditions are taken apart into are those that they let through. */
class ConditionTuplesProperties {
    private static final CatalogueRow OPTIONS =
            Catalogue.of("setsockopt", Arch.X86_64).get(0);

    @Provide
    Arbitrary<Condition> conditions() {
        Arbitrary<Integer> registers = Arbitraries.of(1, 2);
        Arbitrary<Long> values = Arbitraries.longs().between(0, 15);
        Arbitrary<Condition> masked = Combinators.combine(registers, values, values)
                .as((register, free, value) -> Condition.maskedEqual(register, 0xffffffffL & ~free, value & ~free));
        Arbitrary<Condition> compared = Combinators.combine(registers, Arbitraries.of(Operator.class), values)
                .filter((register, operator, value) -> operator != Operator.MASKED_EQ)
                .as(Condition::of);
        return Arbitraries.oneOf(masked, masked, compared);
    }

    @Provide
    Arbitrary<List<Condition>> alternatives() {
        return conditions()
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .filter(all ->
                        all.size() == 1 || all.get(0).index() != all.get(1).index());
    }

    @Property(tries = 400)
    void tuplesAreWhatTheConditionsLetThrough(
            @ForAll("alternatives") List<Condition> one, @ForAll("alternatives") List<Condition> other) {
        ImmutableList<ImmutableList<Condition>> alternatives =
                ImmutableList.of(ImmutableList.copyOf(one), ImmutableList.copyOf(other));
        Optional<Set<ValuePattern>> tuples = new ConditionTuples(OPTIONS).of(alternatives);
        Assume.that(tuples.isPresent());
        for (long level = 0; level < 20; level++) {
            for (long option = 0; option < 20; option++) {
                long[] registers = {0, level, option, 0, 0, 0};
                boolean passes = alternatives.stream()
                        .anyMatch(all ->
                                all.stream().allMatch(each -> each.test(Arch.X86_64, registers[each.index()])));
                List<Long> tuple = List.of(level, option);
                boolean isListed = tuples.get().stream().anyMatch(pattern -> pattern.matches(tuple));
                assertEquals(passes, isListed, alternatives + " " + tuple);
            }
        }
    }
}
