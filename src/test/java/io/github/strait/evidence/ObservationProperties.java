package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.follow.RandomProgram;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.ArgumentValuesProperties;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.RuntimePart;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Observations form a lattice under merge, and survive being written down. */
class ObservationProperties {
    private static final Arbitrary<Long> COUNTS = Arbitraries.longs().between(0, 1L << 32);
    private static final Arbitrary<String> NAMES =
            Arbitraries.of("read", "openat", "socketcall", "syscall_999", "readv#64", "o32:open");
    private static final Arbitrary<String> SOURCES =
            Arbitraries.of("-", "a.strace", "dir/b:7", "x y\"\\\n\t\u0001\u00e9\u20ac.log", "c.*");

    private static Arbitrary<SyscallObservation> calls() {
        Arbitrary<Map<String, Long>> errors = Arbitraries.maps(
                        Arbitraries.of("ENOENT", "EAGAIN", "38", "other"), COUNTS.filter(count -> count > 0))
                .ofMaxSize(3);
        Arbitrary<Set<String>> programs =
                Arbitraries.strings().ofMaxLength(6).set().ofMaxSize(2 * SyscallObservation.PROGRAMS);
        return Combinators.combine(
                        COUNTS.filter(count -> count > 0),
                        COUNTS,
                        errors,
                        positions(),
                        programs,
                        Arbitraries.randomValue(random -> random))
                .as((succeeded, unreturned, failed, first, paths, random) -> ArgumentValuesProperties.withArguments(
                        new SyscallObservation(
                                succeeded
                                        + unreturned
                                        + failed.values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum(),
                                succeeded,
                                unreturned,
                                ImmutableSortedMap.copyOf(failed),
                                first,
                                ImmutableSortedSet.copyOf(paths),
                                random.nextBoolean(),
                                ImmutableSortedSet.of()),
                        random));
    }

    /** Alternatives stand only where strace leaves them open. */
    private static SyscallObservation withAlternatives(SyscallObservation call) {
        return new SyscallObservation(
                call.count(),
                call.succeeded(),
                call.unreturned(),
                call.errors(),
                call.first(),
                call.programs(),
                call.morePrograms(),
                ImmutableSortedSet.of("bind", "socket"),
                call.arguments());
    }

    private static ArchObservation calls(Arch arch, ArchObservation seen) {
        TreeMap<String, SyscallObservation> calls = new TreeMap<>(seen.syscalls());
        if (arch == Arch.X86) {
            calls.computeIfPresent("socketcall", (name, call) -> withAlternatives(call));
        }
        return new ArchObservation(seen.proof(), ImmutableSortedMap.copyOf(calls));
    }

    private static Arbitrary<SourcePosition> positions() {
        return Combinators.combine(SOURCES, Arbitraries.longs().between(1, 1L << 40))
                .as(SourcePosition::new);
    }

    private static Arbitrary<Run> runs() {
        Arbitrary<ArchObservation> arch = Combinators.combine(
                        Arbitraries.of(Proof.class),
                        Arbitraries.maps(NAMES, calls()).ofMinSize(1).ofMaxSize(3))
                .as((proof, seen) -> new ArchObservation(proof, ImmutableSortedMap.copyOf(seen)));
        return Combinators.combine(
                        Arbitraries.of("1", "2", "3", "4"),
                        SOURCES,
                        COUNTS,
                        positions().set().ofMaxSize(3),
                        Arbitraries.of(RunMark.class).set(),
                        recordings().optional(),
                        runtimes().optional(),
                        Arbitraries.maps(Arbitraries.of(Arch.X86_64, Arch.X86, Arch.AARCH64), arch))
                .as(ObservationProperties::run);
    }

    private static Arbitrary<Recording> recordings() {
        Arbitrary<String> texts = Arbitraries.of("", "nginx", "docker.io/library/nginx:1", "\u001b[2J\"\\", "\u202e");
        return Combinators.combine(
                        Arbitraries.of(Recording.Kind.class),
                        Arbitraries.maps(Arbitraries.of(Recording.Fact.class), texts),
                        texts.list().ofMaxSize(3),
                        Arbitraries.of(true, false).optional(),
                        Arbitraries.of(true, false),
                        Arbitraries.of("read", "futex", "_llseek").set().ofMaxSize(3))
                .as((kind, facts, command, privileges, partial, leftOut) -> new Recording(
                        kind,
                        ImmutableSortedMap.copyOf(facts),
                        ImmutableList.copyOf(command),
                        privileges,
                        partial,
                        ImmutableSortedSet.copyOf(partial ? leftOut : Set.of())));
    }

    private static Arbitrary<RuntimePart> runtimes() {
        Arbitrary<RuntimePart.Call> call = Combinators.combine(COUNTS.filter(count -> count > 0), COUNTS, positions())
                .as((count, filtered, first) -> new RuntimePart.Call(count, Math.min(count, filtered), first));
        Arbitrary<ImmutableSortedMap<String, RuntimePart.Call>> calls = Arbitraries.maps(
                        Arbitraries.of("close", "execve", "pselect6"), call)
                .ofMinSize(1)
                .map(ImmutableSortedMap::copyOf);
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.maps(Arbitraries.of(Arch.X86_64), calls))
                .as((showsFilter, all) -> new RuntimePart(showsFilter, ImmutableSortedMap.copyOf(all)));
    }

    private static Run run(
            String id,
            String source,
            long more,
            Set<SourcePosition> unparsed,
            Set<RunMark> marks,
            Optional<Recording> recording,
            Optional<RuntimePart> runtime,
            Map<Arch, ArchObservation> arches) {
        ImmutableSortedMap.Builder<Arch, ArchObservation> seen = ImmutableSortedMap.naturalOrder();
        arches.forEach((arch, calls) -> seen.put(arch, calls(arch, calls)));
        long calls = marks.contains(RunMark.SUMMARY_ONLY)
                ? 0
                : arches.values().stream()
                        .flatMap(each -> each.syscalls().values().stream())
                        .mapToLong(SyscallObservation::count)
                        .sum();
        return new Run(
                id,
                source,
                new LineCounts(calls, more, unparsed.size()),
                ImmutableList.copyOf(unparsed),
                ImmutableSortedSet.copyOf(marks),
                Optional.empty(),
                recording,
                runtime,
                seen.buildOrThrow());
    }

    @Provide
    Arbitrary<Observation> observations() {
        return runs().list().ofMaxSize(3).map(Observation::of);
    }

    /** So many that their rows are shared. */
    @Provide
    Arbitrary<Observation> observationsOfMany() {
        return Combinators.combine(
                        runs().list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.integers().between(64, 70),
                        SOURCES)
                .as((runs, count, source) -> {
                    List<Run> many = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        Run run = runs.get(i % runs.size());
                        many.add(new Run(
                                run.id() + "." + i,
                                i % 3 == 0 ? run.source() : source,
                                run.lines(),
                                run.unparsedAt(),
                                run.marks(),
                                run.completeness(),
                                run.recording(),
                                run.runtime(),
                                run.architectures()));
                    }
                    return Observation.of(many);
                });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void whatManyShareReadsBack(@ForAll("observationsOfMany") Observation a) throws IOException {
        assertTrue(ObservationWriter.write(a).contains("\"observation/2\""));
        whatIsWrittenReadsBack(a);
    }

    /** However runs came together, and whether they were written in between: the same bytes. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void manyAreWrittenAsTheSameBytes(
            @ForAll("observationsOfMany") Observation all,
            @ForAll("observations") Observation few,
            @ForAll("observationsOfMany") Observation others,
            @ForAll Random random)
            throws IOException {
        List<List<Run>> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parts.add(new ArrayList<>());
        }
        all.runs().forEach(run -> parts.get(random.nextInt(4)).add(run));
        Observation merged = Observation.EMPTY;
        for (List<Run> part : parts) {
            merged = read(ObservationWriter.write(Observation.of(part))).merge(merged);
        }
        assertEquals(ObservationWriter.write(all), ObservationWriter.write(merged));
        assertEquals(ObservationWriter.write(all.merge(few)), ObservationWriter.write(few.merge(all)));
        assertEquals(ObservationWriter.write(all.merge(others)), ObservationWriter.write(others.merge(all)));
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void mergeIsAssociative(
            @ForAll("observations") Observation a,
            @ForAll("observations") Observation b,
            @ForAll("observations") Observation c) {
        assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)));
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void mergeIsCommutative(@ForAll("observations") Observation a, @ForAll("observations") Observation b) {
        assertEquals(a.merge(b), b.merge(a));
        assertEquals(ObservationWriter.write(a.merge(b)), ObservationWriter.write(b.merge(a)));
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void mergeIsIdempotentAndHasANeutralElement(@ForAll("observations") Observation a) {
        assertEquals(a, a.merge(a));
        assertEquals(a, a.merge(Observation.EMPTY));
        assertEquals(a, Observation.EMPTY.merge(a));
    }

    /** More evidence takes no run away, and as long as the runs differ, no call of any. */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void mergeIsMonotone(@ForAll("observations") Observation a, @ForAll("observations") Observation b) {
        Observation both = a.merge(b);
        Set<String> ids =
                ImmutableSortedSet.copyOf(both.runs().stream().map(Run::id).toList());
        assertTrue(ids.containsAll(a.runs().stream().map(Run::id).toList()));
        if (both.runs().size() == a.runs().size() + b.runs().size()) {
            a.architectures().forEach((arch, seen) -> {
                ArchObservation more = both.architectures().get(arch);
                assertTrue(more.proof().compareTo(seen.proof()) >= 0);
                seen.syscalls().forEach((name, call) -> {
                    assertTrue(more.syscalls().get(name).count() >= call.count());
                    assertTrue(both.wholeRunsBySyscall(arch).getOrDefault(name, 0)
                            >= a.wholeRunsBySyscall(arch).getOrDefault(name, 0));
                });
            });
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenReadsBack(@ForAll("observations") Observation a) throws IOException {
        String written = ObservationWriter.write(a);
        Observation back = read(written);
        assertEquals(a, back);
        assertEquals(written, ObservationWriter.write(back));
    }

    private static Observation read(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ObservationReader.read("f", new ByteArrayInputStream(bytes), note -> {});
    }

    /** Reading files together, in any order, is merging what each of them shows. */
    @Property(tries = 40)
    void readingTogetherIsMerging(@ForAll long one, @ForAll long two) throws IOException {
        Path directory = Files.createTempDirectory("strait");
        try {
            String a = write(directory, "a", new RandomProgram(one, true).interleaved(two, true));
            String b = write(directory, "b", new RandomProgram(two, false).inOrder());
            String c = write(directory, "c.json", ObservationWriter.write(read(List.of(a))));
            Observation merged = read(List.of(a)).merge(read(List.of(b)));
            assertEquals(merged, read(List.of(a, b)));
            assertEquals(merged, read(List.of(b, a, a)));
            assertEquals(merged, read(List.of(directory.toString())));
            assertEquals(merged, read(List.of(c, b)));
        } finally {
            MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static String write(Path directory, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static Observation read(List<String> arguments) {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, InputStream.nullInputStream())
                .read(new ArrayList<>(arguments))
                .observation();
    }
}
