package io.github.strait.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.Place;
import io.github.strait.argument.Tier;
import io.github.strait.argument.ValueGroup;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of conditions, whatever was seen. */
class CallConditionsProperties {
    /** A row, and what was seen at its place: likely values of groups and bits of masks, and any others. */
    record Case(Arch arch, CatalogueRow row, List<ArgumentTuple> some, List<ArgumentTuple> more) {
        CallConditions conditions(Tier tier, List<ArgumentTuple> tuples) {
            return conditions(tier, Calls.seen(row.place().toString(), tuples, 0));
        }

        CallConditions conditions(Tier tier, SyscallObservation seen) {
            return CallConditions.of(row.call(), arch, tier, CallEvidence.of(seen, false));
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Arch> arches = Arbitraries.of(Arch.class);
        return arches.flatMap(arch -> Arbitraries.of(Catalogue.calls())
                .filter(call -> !Catalogue.of(call, arch).isEmpty() && !call.equals("clone3"))
                .flatMap(call -> Arbitraries.of(Catalogue.of(call, arch))
                        .flatMap(row -> Combinators.combine(tuples(row), tuples(row))
                                .as((some, more) -> new Case(arch, row, some, more)))));
    }

    private static Arbitrary<List<ArgumentTuple>> tuples(CatalogueRow row) {
        Place place = row.place();
        List<Arbitrary<Long>> positions = new ArrayList<>();
        for (int i = 0; i < place.size(); i++) {
            int position = i;
            List<Long> likely =
                    new ArrayList<>(List.of(0L, 1L, row.mask(), row.forbidden(), row.forbidden() & -row.forbidden()));
            for (ValueGroup group : row.groups()) {
                likely.addAll(group.members().sets().get(position));
            }
            positions.add(Arbitraries.oneOf(
                            Arbitraries.of(likely),
                            Arbitraries.longs(),
                            Arbitraries.longs().between(0, 64))
                    .map(place::cut));
        }
        return Combinators.combine(positions)
                .as(values -> new ArgumentTuple(ImmutableList.copyOf(values)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void letsThroughWhatWasSeenWhateverTheKernelDoesNotRead(
            @ForAll("cases") Case each, @ForAll long garbage, @ForAll Tier tier) {
        CallConditions conditions = each.conditions(tier, each.some());
        for (ArgumentTuple tuple : each.some()) {
            long[] registers = Calls.registers(each.row(), tuple.values(), garbage);
            assertTrue(Calls.passes(each.arch(), conditions, registers), () -> each + ": " + conditions);
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void moreEvidenceLetsMoreThrough(@ForAll("cases") Case each, @ForAll Tier tier) {
        CallConditions before = each.conditions(tier, each.some());
        List<ArgumentTuple> both = new ArrayList<>(each.some());
        both.addAll(each.more());
        CallConditions after = each.conditions(tier, both);
        assertTrue(isWithin(before, after), () -> each + ": " + before + after);
        CallConditions unknown =
                each.conditions(tier, Calls.seen(each.row().place().toString(), each.some(), 2));
        assertTrue(isWithin(before, unknown), () -> each + ": " + before + unknown);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void strictLetsThroughNothingThatSafeRefuses(@ForAll("cases") Case each) {
        assertTrue(isWithin(each.conditions(Tier.STRICT, each.some()), each.conditions(Tier.SAFE, each.some())));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void canBeWrittenAndLooksOnlyAtWhatTheKernelReads(@ForAll("cases") Case each, @ForAll Tier tier) {
        CallConditions conditions = each.conditions(tier, each.some());
        assertTrue(conditions.alternatives().size() <= CallConditions.MOST);
        for (ImmutableList<Condition> all : conditions.alternatives()) {
            assertEquals(
                    all.size(),
                    all.stream().mapToInt(Condition::index).distinct().count(),
                    conditions.toString());
            for (Condition condition : all) {
                assertEquals(Operator.MASKED_EQ, condition.operator());
                assertEquals(0, condition.valueTwo() & ~condition.value(), conditions.toString());
                assertTrue(condition.value() != 0 && isRead(each, condition), conditions.toString());
            }
        }
    }

    /** Only a pointer is looked at beyond its low half. */
    private static boolean isRead(Case each, Condition condition) {
        for (Place place : Catalogue.places(each.row().call(), each.arch())) {
            if (place.registers().contains(condition.index())) {
                long read = place.isPointer() ? -1 : place.mask() & 0xffffffffL;
                return (condition.value() & ~read) == 0;
            }
        }
        return false;
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void oneUnknownCallEndsTheConditionsOfItsPlace(@ForAll("cases") Case each, @ForAll long value) {
        CallConditions conditions =
                each.conditions(Tier.STRICT, Calls.seen(each.row().place().toString(), each.some(), 1));
        List<Integer> registers = each.row().place().registers();
        assertFalse(Iterables.any(
                Iterables.concat(conditions.alternatives()), condition -> registers.contains(condition.index())));
        assertTrue(conditions.obstacles().stream().anyMatch(Obstacle::isOfEvidence));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theUnionLetsThroughWhatEitherDoes(@ForAll("cases") Case each, @ForAll long garbage) {
        CallConditions one = each.conditions(Tier.STRICT, each.some());
        CallConditions other = each.conditions(Tier.STRICT, each.more());
        CallConditions both = one.or(other);
        assertEquals(both.alternatives(), other.or(one).alternatives());
        for (ArgumentTuple tuple : Iterables.concat(each.some(), each.more())) {
            long[] registers = Calls.registers(each.row(), tuple.values(), garbage);
            assertTrue(Calls.passes(each.arch(), both, registers));
        }
        assertTrue(isWithin(one, both) && isWithin(other, both));
        if (both.isConditional()) {
            long[] any = Calls.registers(each.row(), each.more().get(0).values(), garbage);
            any[each.row().place().registers().get(0)] ^= garbage & 0x3f;
            assertEquals(
                    Calls.passes(each.arch(), one, any) || Calls.passes(each.arch(), other, any),
                    Calls.passes(each.arch(), both, any));
        }
    }

    private static boolean isWithin(CallConditions one, CallConditions other) {
        return one.alternatives().stream().allMatch(other::includes);
    }
}
