package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

class RequiresToolTest {
    private static final String ABSENT = "no-such-tool-of-strait";

    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();

    @BeforeEach
    void captureStderr() {
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(stderr);
        System.clearProperty(RequiresToolCondition.MODE);
    }

    @Test
    void runsWhereTheToolIsInstalled() {
        assertEquals(
                1, run("required", NeedsShell.class).testEvents().succeeded().count());
        assertEquals("", warnings.toString(StandardCharsets.UTF_8));
    }

    @Test
    void failsWhereLiveTestsAreRequired() {
        EngineExecutionResults results = run("required", NeedsAbsent.class);
        results.containerEvents()
                .failed()
                .assertEventsMatchExactly(EventConditions.finishedWithFailure(cause(
                        message(text -> text.contains(ABSENT + " is not installed (apt-get install " + ABSENT)))));
        assertEquals(0, results.testEvents().started().count());
    }

    /** Also where one of them is behind another annotation. */
    @Test
    void needsWhatEachAnnotationNames() {
        for (Class<?> sample : List.of(NeedsAbsentAndShell.class, NeedsAbsentBehindAnother.class)) {
            EngineExecutionResults results = run("required", sample);
            results.containerEvents()
                    .failed()
                    .assertEventsMatchExactly(EventConditions.finishedWithFailure(
                            cause(message(text -> text.contains(ABSENT + " is not installed")))));
            assertEquals(0, results.testEvents().started().count());
        }
    }

    @Test
    void isSkippedAloudAndOnceElsewhere() {
        EngineExecutionResults results = run("optional", NeedsTwo.class);
        assertEquals(2, results.testEvents().skipped().count());
        assertEquals(0, results.testEvents().started().count());
        assertEquals(
                "LIVE TESTS NOT RUN: another-absent-tool is not installed (apt-get install another-absent-tool)\n",
                warnings.toString(StandardCharsets.UTF_8));
    }

    private static EngineExecutionResults run(String mode, Class<?> sample) {
        System.setProperty(RequiresToolCondition.MODE, mode);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(sample))
                .execute();
    }

    @RequiresTool("sh")
    static class NeedsShell {
        @Test
        void runs() {}
    }

    @RequiresTool(ABSENT)
    static class NeedsAbsent {
        @Test
        void neverRuns() {}
    }

    @RequiresTool("sh")
    @RequiresTool(ABSENT)
    static class NeedsAbsentAndShell {
        @Test
        void neverRuns() {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @RequiresTool(ABSENT)
    @interface Absent {}

    @Absent
    @RequiresTool("sh")
    static class NeedsAbsentBehindAnother {
        @Test
        void neverRuns() {}
    }

    static class NeedsTwo {
        @Test
        @RequiresTool({"sh", "another-absent-tool"})
        void neverRuns() {}

        @Test
        @RequiresTool("another-absent-tool")
        void norThis() {}
    }
}
