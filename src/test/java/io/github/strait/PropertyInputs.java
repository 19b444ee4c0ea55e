package io.github.strait;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Which inputs properties try. In CI the same each time, so a change is stopped by what it broke and not by a find of
 * chance; anywhere else they are random. {@code -Dstrait.soak=N} tries N times as many, random ones everywhere.
 */
public final class PropertyInputs implements AroundPropertyHook {
    private static final int TRIES = 1000;

    /** Before jqwik's own hooks have read the attributes. */
    private static final int OUTERMOST = -1000;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public int aroundPropertyProximity() {
        return OUTERMOST;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        set(
                context.attributes(),
                context.targetMethod().toGenericString(),
                Integer.getInteger("strait.soak", 0),
                Boolean.parseBoolean(System.getenv("CI")));
        return property.execute();
    }

    /** @param name what the seed is made of, so that properties differ */
    static void set(PropertyAttributes attributes, String name, int soak, boolean sameEachTime) {
        if (soak > 0) {
            attributes.setTries(soak * attributes.tries().orElse(TRIES));
        } else if (sameEachTime && attributes.seed().isEmpty()) {
            attributes.setSeed(Integer.toString(name.hashCode()));
        }
    }
}
