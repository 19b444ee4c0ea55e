package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.derive.Observations;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.report.DiscoveryCurve.Step;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The figures of a report. */
class EvidenceReportTest {
    @Test
    void theCurveIsTheMeanOverAllOrders() {
        DiscoveryCurve curve = DiscoveryCurve.of(Observation.of(List.of(
                Observations.run("a", Arch.X86_64, "read", "write"),
                Observations.run("b", Arch.X86_64, "read"),
                Observations.run("c", Arch.X86_64, "read", "openat", "write"))));
        // one run: 2, 1 or 3 calls; two: 2, 3 or 3
        assertEquals(List.of(1, 2, 3), curve.steps().stream().map(Step::runs).toList());
        assertEquals(2.0, curve.steps().get(0).calls(), 1e-9);
        assertEquals(8.0 / 3, curve.steps().get(1).calls(), 1e-9);
        assertEquals(3.0, curve.steps().get(2).calls(), 1e-9);
        assertEquals(Set.of(), curve.runs().get(0).alone());
        assertEquals(List.of("openat"), curve.runs().get(2).alone().asList());
    }

    @Test
    void manyRunsHaveFewSteps() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            runs.add(Observations.run("r" + i, Arch.X86_64, "read", i % 2 == 0 ? "write" : "openat"));
        }
        DiscoveryCurve curve = DiscoveryCurve.of(Observation.of(runs));
        assertEquals(40, curve.steps().size());
        assertEquals(new Step(1_000, 3), curve.steps().get(39));
        assertEquals(Set.of(), curve.runs().get(0).alone());
    }

    @Test
    void risksAreCountedBesideDockers() {
        RiskComparison risks = RiskComparison.of(Arch.X86_64, List.of("mount", "read", "setuid"));
        assertEquals(
                List.of("mount"),
                risks.classes().get(RiskClass.CRITICAL).allowed().asList());
        assertEquals(
                List.of("setuid"),
                risks.classes().get(RiskClass.MEDIUM).allowed().asList());
        assertEquals(3, risks.total().allowed().size());
        assertEquals(309, risks.total().dockerDefault());
    }

    @Test
    void programsAreListedByTheirCalls() {
        List<ProgramCalls> programs =
                ProgramCalls.of(Observation.of(List.of(Observations.run("a", Arch.X86_64, "read", "write"))));
        assertEquals(1, programs.size());
        assertEquals(2, programs.get(0).count());
        assertEquals(2, programs.get(0).aloneCount());
    }
}
