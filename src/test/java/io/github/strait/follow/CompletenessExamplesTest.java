package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Omission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbered examples of {@code completeness.txt}, which are also its documentation. */
class CompletenessExamplesTest {
    /** A trace and the labels of what it lacks, in their order. */
    record Example(String title, String trace, String omissions) {
        @Override
        public String toString() {
            return title;
        }
    }

    static List<Example> examples() throws IOException {
        String text = Resources.toString(
                Resources.getResource(CompletenessExamplesTest.class, "completeness.txt"), StandardCharsets.UTF_8);
        List<Example> examples = new ArrayList<>();
        for (String block : Splitter.on("\n## ").splitToList(text).subList(1, text.split("\n## ").length)) {
            List<String> lines = Splitter.on('\n').splitToList(block.strip());
            String trace = lines.subList(1, lines.size() - 1).stream()
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            examples.add(new Example(
                    lines.get(0),
                    trace.replace("\\\n", "\\").replace("<CR>", "\r").replace("<BOM>", "\ufeff"),
                    lines.get(lines.size() - 1).replace("=>", "").strip()));
        }
        return examples;
    }

    private static String omissions(Observation observation) {
        return observation.runs().stream()
                .flatMap(run -> run.completeness().orElseThrow().signs().keySet().stream())
                .map(Omission::label)
                .collect(Collectors.joining(" "));
    }

    private static String text(Example example) {
        String trace = example.trace();
        return trace.endsWith("\\") ? trace.substring(0, trace.length() - 1) : trace;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isToldSo(Example example) {
        assertEquals(
                example.omissions(), omissions(Observing.text(text(example)).observation()));
    }

    /** As on Windows, or where a terminal was recorded. */
    @ParameterizedTest
    @MethodSource("examples")
    void isToldSoWithCarriageReturns(Example example) {
        String trace = text(example).replace("\r", "").replace("\n", "\r\n");
        assertEquals(example.omissions(), omissions(Observing.text(trace).observation()));
    }

    /** Whether the lines come from one file or are read twice from it, the value is the same. */
    @ParameterizedTest
    @MethodSource("examples")
    void isReadBackFromAnObservation(Example example) throws IOException {
        Observation observation = Observing.text(text(example)).observation();
        byte[] json = ObservationWriter.write(observation).getBytes(StandardCharsets.UTF_8);
        Observation read = ObservationReader.read("f", new ByteArrayInputStream(json), note -> {});
        assertEquals(observation, read);
        assertEquals(observation, observation.merge(read));
    }

    /** Sets of files and the kernel's logs have tests of their own. */
    @Test
    void everyKindOfOmissionOfATraceHasAnExample() throws IOException {
        String all = examples().stream().map(Example::omissions).collect(Collectors.joining(" "));
        EnumSet<Omission> ofTraces = EnumSet.complementOf(EnumSet.of(Omission.FILES_OVERWRITTEN, Omission.LINES_LOST));
        ofTraces.forEach(omission -> assertTrue(all.contains(omission.label()), omission.label()));
    }
}
