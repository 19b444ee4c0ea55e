package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Corpus.Recording;
import io.github.strait.follow.Observing;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recorded traces, changed as people change what they post, are read as they are read untouched. */
class PostedTraceTest {
    private static final int LINES = 150;
    private static final int STRIDE = 5;
    /** Of lines without results nothing tells which program a task runs, and so which ABI's numbers. */
    private static final Set<Posting> WITHOUT_RESULTS =
            EnumSet.of(Posting.WITHOUT_VALUES, Posting.SOME_WITHOUT_RESULTS);

    /** Of counts, in parts per thousand: text is lost that told calls apart. */
    private static final int EXACT = 995;

    private static final Supplier<Map<String, Sample>> SAMPLES = Suppliers.memoize(PostedTraceTest::read);

    private record Sample(Arch machine, List<String> lines) {}

    /** Every name is there, and no other. */
    @ParameterizedTest
    @EnumSource
    void isReadAsTheTraceItself(Posting posting) {
        List<String> differences = new ArrayList<>();
        int names = 0;
        int exact = 0;
        for (Map.Entry<String, Sample> entry : SAMPLES.get().entrySet()) {
            Sample sample = entry.getValue();
            Map<String, Long> expected = counts(sample.machine, String.join("\n", sample.lines) + "\n");
            for (int prose : List.of(0, 5)) {
                Map<String, Long> seen = counts(sample.machine, posting.of(sample.lines, prose));
                if (seen.isEmpty() && WITHOUT_RESULTS.contains(posting)) {
                    continue;
                }
                for (String name : Sets.union(expected.keySet(), seen.keySet())) {
                    names++;
                    exact += expected.getOrDefault(name, 0L).equals(seen.getOrDefault(name, 0L)) ? 1 : 0;
                    if (expected.containsKey(name) != seen.containsKey(name)) {
                        differences.add(
                                entry.getKey() + " " + name + ": " + expected.get(name) + ", now " + seen.get(name));
                    }
                }
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(1000 * exact >= EXACT * names, exact + " of " + names);
    }

    /** How often each name was called, in any ABI; nothing when the trace was refused for what it says of its ABI. */
    private static Map<String, Long> counts(Arch machine, String text) {
        Map<String, Long> counts = new TreeMap<>();
        try {
            Observing.text(Optional.of(machine), text)
                    .observation()
                    .architectures()
                    .values()
                    .forEach(arch ->
                            arch.syscalls().forEach((name, call) -> counts.merge(name, call.count(), Long::sum)));
        } catch (RefusalException e) {
            assertEquals("abi-contradiction", e.diagnostic().code());
        }
        return counts;
    }

    private static Map<String, Sample> read() {
        Map<String, Sample> samples = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("traces"))) {
            files.forEach(file -> samples.put(file.getFileName().toString(), new Sample(Arch.X86_64, lines(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Recording> recordings = Corpus.strace();
        for (int i = 0; i < recordings.size(); i += STRIDE) {
            Recording recording = recordings.get(i);
            if (Files.isRegularFile(recording.file())) {
                samples.put(recording.trace(), new Sample(recording.machine(), lines(recording.file())));
            }
        }
        return samples;
    }

    private static List<String> lines(Path file) {
        try (InputStream in = Compression.open(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .limit(LINES)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
