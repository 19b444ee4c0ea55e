package io.github.strait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import net.jqwik.api.lifecycle.LifecycleHook;
import net.jqwik.api.lifecycle.PropertyAttributes;
import org.junit.jupiter.api.Test;

class PropertyInputsTest {
    private final Map<String, Object> set = new HashMap<>();

    /** Attributes that remember what is set. */
    private final PropertyAttributes attributes = (PropertyAttributes) Proxy.newProxyInstance(
            PropertyAttributes.class.getClassLoader(),
            new Class<?>[] {PropertyAttributes.class},
            (proxy, method, arguments) -> method.getName().startsWith("set")
                    ? set.put(method.getName().substring(3).toLowerCase(java.util.Locale.ROOT), arguments[0])
                    : Optional.ofNullable(set.get(method.getName())));

    @Test
    void inCiTheSeedIsThatOfTheName() {
        PropertyInputs.set(attributes, "a", 0, true);
        Object first = set.remove("seed");
        PropertyInputs.set(attributes, "b", 0, true);
        Object other = set.remove("seed");
        PropertyInputs.set(attributes, "a", 0, true);
        assertNotEquals(first, other);
        assertEquals(Map.of("seed", String.valueOf(first)), set);
    }

    @Test
    void aSeedOfItsOwnIsKept() {
        attributes.setSeed("7");
        PropertyInputs.set(attributes, "a", 0, true);
        assertEquals(Map.of("seed", "7"), set);
    }

    @Test
    void elsewhereChanceDecides() {
        PropertyInputs.set(attributes, "a", 0, false);
        assertEquals(Map.of(), set);
    }

    @Test
    void aSoakTriesMoreAndAlwaysOtherInputs() {
        PropertyInputs.set(attributes, "a", 30, true);
        assertEquals(Map.of("tries", 30_000), set);
        attributes.setTries(40);
        PropertyInputs.set(attributes, "a", 3, true);
        assertEquals(Map.of("tries", 120), set);
    }

    @Test
    void jqwikKnowsIt() {
        assertTrue(ServiceLoader.load(LifecycleHook.class).stream()
                .anyMatch(hook -> hook.type().equals(PropertyInputs.class)));
    }
}
