package io.github.strait;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Clauses that catch what a programming error throws. */
final class CaughtFaults {
    private static final ImmutableSet<Class<?>> FAULTS = ImmutableSet.of(
            Exception.class,
            RuntimeException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            NullPointerException.class);

    private CaughtFaults() {}

    static ArchCondition<JavaClass> exist() {
        return new ArchCondition<>("catch what a programming error throws") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaCodeUnit code : type.getCodeUnits()) {
                    code.getTryCatchBlocks().forEach(block -> add(code, block, events));
                }
            }
        };
    }

    private static void add(JavaCodeUnit code, TryCatchBlock block, ConditionEvents events) {
        Set<JavaClass> caught = block.getCaughtThrowables();
        boolean found = FAULTS.stream().anyMatch(fault -> caught.stream().anyMatch(type -> type.isEquivalentTo(fault)));
        events.add(new SimpleConditionEvent(
                code, found, code.getFullName() + " catches " + caught + " in " + block.getSourceCodeLocation()));
    }
}
