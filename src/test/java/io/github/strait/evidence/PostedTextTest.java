package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.io.Resources;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Observing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that hold traces, programs or both: {@code posted.txt}. */
class PostedTextTest {
    private static final String NOTHING = "nothing";
    private static final String TRACE = """
            execve("/bin/x", ["x"], 0x7ffe00000000 /* 9 vars */) = 0
            sched_yield()                           = 0
            exit_group(0)                           = ?
            """;
    private static final ImmutableSet<String> OF_TRACE = ImmutableSet.of("execve", "sched_yield", "exit_group");

    /** A text and the names of the calls in it. */
    record Example(ImmutableSet<String> names, String text) {
        @Override
        public String toString() {
            return names + ": " + text.lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsTheseCalls(Example example) {
        if (!example.names.isEmpty()) {
            assertEquals(example.names, names(example.text));
            return;
        }
        RefusalException refused = assertThrows(RefusalException.class, () -> names(example.text));
        assertTrue(refused.diagnostic().message().contains("contains no strace output"), refused.toString());
    }

    /** Nor does what stands around the text make calls of it, or take them away. */
    @ParameterizedTest
    @MethodSource("examples")
    void showsTheseCallsBesideATrace(Example example) {
        Set<String> expected = new TreeSet<>(Sets.union(example.names, OF_TRACE));
        boolean table = example.text.contains(" syscall\n");
        expected.removeAll(table ? Sets.difference(example.names, OF_TRACE) : Set.of());
        assertEquals(expected, names(example.text + "\nand\n\n" + TRACE));
        assertEquals(expected, names(TRACE + "\nand\n\n" + example.text));
        assertEquals(expected, names("prose\n".repeat(80) + example.text + "\n" + TRACE.indent(4) + "\n"));
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Observing.text(text)
                .observation()
                .architectures()
                .values()
                .forEach(arch -> names.addAll(arch.syscalls().keySet()));
        return names;
    }

    static List<Example> examples() throws IOException {
        String resource =
                Resources.toString(Resources.getResource(PostedTextTest.class, "posted.txt"), StandardCharsets.UTF_8);
        List<Example> examples = new ArrayList<>();
        for (String block : Splitter.on("\n\n").split(resource)) {
            if (block.startsWith("=")) {
                examples.add(example(block.strip()));
            }
        }
        assertTrue(examples.size() > 20, examples.size() + " examples");
        return examples;
    }

    private static Example example(String block) {
        List<String> rows = Splitter.on('\n').splitToList(block);
        List<String> names =
                Splitter.on(' ').omitEmptyStrings().splitToList(rows.get(0).substring(1));
        StringBuilder text = new StringBuilder();
        for (String row : rows.subList(1, rows.size())) {
            text.append(row.substring(1).replace('␉', '\t')).append('\n');
        }
        return new Example(names.contains(NOTHING) ? ImmutableSet.of() : ImmutableSet.copyOf(names), text.toString());
    }
}
