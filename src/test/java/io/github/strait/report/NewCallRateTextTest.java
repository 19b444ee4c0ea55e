package io.github.strait.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.strait.derive.Observations;
import io.github.strait.observation.NewCallRate;
import io.github.strait.observation.NewCallRates;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for what runs say of the next one. */
class NewCallRateTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 8 | 3 of 8 runs showed a call that no other run did: one more run of the same kind shows a new one about as "
                        + "often (38 %, 90 % interval 11 to 71 %); runs of another kind, more often.",
                "1 | 8 | 1 of 8 runs showed a call that no other run did: one more run of the same kind shows a new one about as "
                        + "often (13 %, 90 % interval 0.6 to 47 %); runs of another kind, more often.",
                "4 | 4 | 4 of 4 runs showed a call that no other run did: one more run of the same kind shows a new one about as "
                        + "often (100 %, 90 % interval 47 to 100 %); runs of another kind, more often.",
                "1 | 524 | 1 of 524 runs showed a call that no other run did: one more run of the same kind shows a new one about "
                        + "as often (0.2 %, 90 % interval 0.0 to 0.9 %); runs of another kind, more often.",
                "0 | 8 | none of 8 runs showed a call that no other run did, yet calls can be missing: one more run of the same "
                        + "kind shows a new one in 0 to 31 % of cases (90 % interval); runs of another kind, more often.",
                "1 | 3 | too few runs to say how often one more shows a new call; record 4 or more, each another task",
                "1 | 1 | too few runs to say how often one more shows a new call; record 4 or more, each another task"
            })
    void theWordsAreTheseExactly(int alone, int runs, String words) {
        assertEquals(words, NewCallRateText.of(new NewCallRate(runs, alone)));
    }

    @Test
    void noNumberOfRunsIsCalledComplete() {
        for (int runs = 1; runs < 100; runs++) {
            assertFalse(NewCallRateText.of(new NewCallRate(runs, 0)).contains("complete"));
        }
    }

    @Test
    void eachMachineHasALineWhereThereAreSeveral() {
        List<Run> runs = new ArrayList<>(List.of(Observations.run("arm", Arch.AARCH64, "read")));
        for (int i = 0; i < 4; i++) {
            runs.add(Observations.run("run" + i, i == 0 ? Arch.X86 : Arch.X86_64, "read"));
        }
        assertEquals(
                "  on x86_64: " + NewCallRateText.of(new NewCallRate(4, 1)) + "\n  on aarch64: "
                        + NewCallRateText.of(new NewCallRate(1, 1)) + "\n",
                NewCallRateText.of(NewCallRates.of(Observation.of(runs))));
        assertEquals("", NewCallRateText.of(NewCallRates.of(Observation.EMPTY)));
    }
}
