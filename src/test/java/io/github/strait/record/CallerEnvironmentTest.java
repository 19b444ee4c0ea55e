package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerEnvironmentTest {
    @Test
    void givesBackTheLocaleThatTheLauncherReplaced() {
        assertEquals(Map.of("LC_ALL", "C", "A", "1"), restored("LC_ALL", "C.UTF-8", "STRAIT_LC_ALL", "C", "A", "1"));
    }

    @Test
    void unsetsTheLocaleThatWasNotSet() {
        assertEquals(Map.of("LANG", "C"), restored("LC_ALL", "C.UTF-8", "STRAIT_LC_ALL", "", "LANG", "C"));
    }

    @Test
    void leavesALocaleAloneThatTheLauncherLeftAlone() {
        assertEquals(Map.of("LC_ALL", "de_DE.UTF-8"), restored("LC_ALL", "de_DE.UTF-8"));
    }

    @Test
    void dropsWhatIsStraitsOwn() {
        assertEquals(Map.of("STRAITS", "1"), restored("STRAIT_JAVA_OPTS", "", "STRAIT_STRACE", "x", "STRAITS", "1"));
    }

    private static Map<String, String> restored(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        CallerEnvironment.restore(environment);
        return environment;
    }
}
