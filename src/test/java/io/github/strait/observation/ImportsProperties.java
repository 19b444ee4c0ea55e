package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.Libc;
import io.github.strait.elf.ProgramImports;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What programs import is a set beside the runs: its merge is the union, and it survives being written. */
class ImportsProperties {
    private static Arbitrary<ImmutableSortedSet<String>> names(String... known) {
        return Arbitraries.of(known).set().map(ImmutableSortedSet::copyOf);
    }

    @Provide
    Arbitrary<Set<ProgramImports>> programs() {
        return Combinators.combine(
                        Arbitraries.of("/bin/a", "/srv/\u00e4 \"b\"", "c"),
                        Arbitraries.of(ProgramImports.Kind.class),
                        Arbitraries.of(Arch.class).optional(),
                        Arbitraries.of(Libc.class),
                        names("setsid", "kill", "__read_chk"),
                        Arbitraries.maps(Arbitraries.of("libx.so.1", "liby.so"), names("fork", "dlopen"))
                                .map(ImmutableSortedMap::copyOf),
                        names("nowhere.so"))
                .as(ProgramImports::new)
                .set()
                .ofMaxSize(5);
    }

    private static Observation of(Set<ProgramImports> programs) {
        return Observation.EMPTY.withImports(programs);
    }

    @Property(tries = 200)
    void mergeIsAUnion(
            @ForAll("programs") Set<ProgramImports> a,
            @ForAll("programs") Set<ProgramImports> b,
            @ForAll("programs") Set<ProgramImports> c) {
        assertEquals(of(a).merge(of(b)), of(b).merge(of(a)));
        assertEquals(of(a).merge(of(b)).merge(of(c)), of(a).merge(of(b).merge(of(c))));
        assertEquals(of(a), of(a).merge(of(a)));
        assertTrue(of(a).merge(of(b)).imports().containsAll(b));
    }

    @Property(tries = 200)
    void survivesBeingWritten(@ForAll("programs") Set<ProgramImports> programs) throws IOException {
        List<Diagnostic> notes = new ArrayList<>();
        ImmutableSortedSet<ProgramImports> written = withoutEmpty(programs);
        assertEquals(of(written), read(ObservationWriter.write(of(written)), notes));
        for (ProgramImports program : written) {
            String line = ImportsLine.of(program).orElseThrow();
            assertEquals(1, line.lines().count());
            assertEquals(Optional.of(program), ImportsLine.read(line.strip(), SourcePosition.ofFile("t"), notes::add));
        }
        assertEquals(List.of(), notes);
    }

    /** A library is noted for its functions; one without any is not. */
    private static ImmutableSortedSet<ProgramImports> withoutEmpty(Set<ProgramImports> programs) {
        ImmutableSortedSet.Builder<ProgramImports> kept = ImmutableSortedSet.naturalOrder();
        for (ProgramImports program : programs) {
            if (program.libraries().values().stream().noneMatch(Set::isEmpty)) {
                kept.add(program);
            }
        }
        return kept.build();
    }

    private static Observation read(String text, List<Diagnostic> notes) throws IOException {
        return ObservationReader.read(
                "o.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), notes::add);
    }

    @Test
    void refusesWhatStraitDoesNotWrite() {
        String text = ObservationWriter.write(of(Set.of(new ProgramImports(
                "/bin/a",
                ProgramImports.Kind.DYNAMIC,
                Optional.of(Arch.X86_64),
                Libc.GLIBC,
                ImmutableSortedSet.of("kill"),
                ImmutableSortedMap.of(),
                ImmutableSortedSet.of()))));
        for (String[] change : new String[][] {
            {"dynamic", "other"},
            {"\"x86_64\"", "\"amd64\""},
            {"glibc", "libc"},
            {"\"kill\"", "\"ki ll\""},
            {"\"kill\"", "\"kill\", \"kill\""},
            {"\"program\"", "\"Program\""}
        }) {
            String changed = text.replace(change[0], change[1]);
            assertThrows(RefusalException.class, () -> read(changed, new ArrayList<>()), changed);
        }
    }
}
