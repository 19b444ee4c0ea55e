package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.record.Discovery;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RecordingTextProperties {
    @Property
    void theLineFitsAndANarrowerOneIsItsBeginning(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seconds,
            @ForAll @LongRange(min = 0) long calls,
            @ForAll boolean isWhole,
            @ForAll boolean isAscii,
            @ForAll @Size(max = 129) List<@IntRange(min = 0, max = 768) Integer> curve,
            @ForAll @IntRange(min = 0, max = 300) int width) {
        Discovery found =
                new Discovery(seconds, calls, isWhole, 3, "rt_sigprocmask", seconds / 2, ImmutableList.copyOf(curve));
        RecordingText text = new RecordingText(isAscii);
        String line = text.of(found, width);
        assertTrue(line.length() <= width, line);
        assertTrue(line.codePoints().noneMatch(c -> c < ' ' || isAscii && c > '~'), line);
        String parts = line.replaceFirst(" [^ ]*$", "");
        assertTrue(text.of(found, 300).startsWith(parts), "what does not fit goes from the end");
    }

    @Property
    void theCurveRisesWithItsNumbers(
            @ForAll @Size(min = 1, max = 129) List<@IntRange(min = 0, max = 768) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll boolean isAscii) {
        List<Integer> curve = numbers.stream().sorted().toList();
        String line = Sparkline.of(curve, width, isAscii);
        String bars = isAscii ? "_.-=+*%#" : "▁▂▃▄▅▆▇█";
        assertEquals(Math.min(width, curve.size()), line.length());
        int before = 0;
        for (int i = 0; i < line.length(); i++) {
            int bar = bars.indexOf(line.charAt(i));
            assertTrue(bar >= before, line);
            before = bar;
        }
        boolean isFlat = curve.get(curve.size() - 1) == 0;
        assertEquals(isFlat ? 0 : 7, before, "the last number is the greatest");
    }

    @Example
    void itSaysWhatWasFound() {
        Discovery found = new Discovery(83, 1_234_567, true, 87, "openat", 12, ImmutableList.of(20, 60, 80, 86, 87));
        assertEquals(
                "recording 1 min 23 s: 1.2 M calls, 87 distinct, last new: openat 12 s ago ▂▅▇▇█",
                new RecordingText(false).of(found, 100));
        assertEquals("recording 1 min 23 s: 1.2 M calls, 87 distinct", new RecordingText(false).of(found, 60));
        assertEquals("", new RecordingText(false).of(found, 5));
        Discovery some = new Discovery(1, 1, false, 1, "read", 0, ImmutableList.of(1));
        assertEquals(
                "recording 1 s: >= 1 call, 1 distinct, last new: read 0 s ago #",
                new RecordingText(true).of(some, 100));
        assertEquals(
                "recording 2 s: 0 calls, 0 distinct",
                new RecordingText(true).of(new Discovery(2, 0, true, 0, "", 0, ImmutableList.of(0)), 100));
    }
}
