package io.github.strait;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Uses of what belongs to the whole process: its standard streams and its end. */
final class ProcessAccess {
    private static final ImmutableSet<String> MEMBERS = ImmutableSet.of("exit", "in", "out", "err");

    private ProcessAccess() {}

    static ArchCondition<JavaClass> use() {
        return new ArchCondition<>("use System.in, System.out, System.err or System.exit") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    AccessTarget target = access.getTarget();
                    boolean found =
                            target.getOwner().isEquivalentTo(System.class) && MEMBERS.contains(target.getName());
                    events.add(new SimpleConditionEvent(access, found, access.getDescription()));
                }
            }
        };
    }
}
