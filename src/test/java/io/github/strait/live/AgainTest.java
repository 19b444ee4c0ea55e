package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgainTest {
    /** Hands out the statuses one after the other. */
    private static Callable<Outcome> statuses(Integer... statuses) {
        Deque<Outcome> outcomes = Arrays.stream(statuses)
                .map(status -> new Outcome(status, "no failure, but a test of trying again"))
                .collect(Collectors.toCollection(ArrayDeque::new));
        return outcomes::removeFirst;
    }

    @Test
    void whatWorksAtTheThirdTryWorks() throws Exception {
        assertEquals(0, Again.untilItWorks(statuses(0)).status());
        assertEquals(0, Again.untilItWorks(statuses(1, 2, 0)).status());
    }

    @Test
    void whatAlwaysFailsFails() throws Exception {
        assertEquals(3, Again.untilItWorks(statuses(1, 2, 3)).status());
    }

    @Test
    void whatFailsOnceOfSomeTimesFails() throws Exception {
        assertEquals(7, Again.untilItFails(4, statuses(0, 0, 7)).status());
        assertEquals(0, Again.untilItFails(2, statuses(0, 0)).status());
    }
}
