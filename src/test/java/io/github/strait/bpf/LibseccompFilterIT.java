package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.format.Formats;
import io.github.strait.live.RequiresTool;
import io.github.strait.profile.Action;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.profile.VerdictTable;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our filters against those that the installed libseccomp compiles of the same profiles. */
@RequiresTool("gcc")
class LibseccompFilterIT {
    private static final int PROFILES = 500;

    @TempDir
    static Path folder;

    private static Libseccomp libseccomp;

    @BeforeAll
    static void start() throws Exception {
        libseccomp = Libseccomp.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        libseccomp.close();
    }

    @ParameterizedTest
    @MethodSource("generated")
    void generatedProfilesHaveTheSameFilter(Path file) throws IOException {
        compare(known(read(file)));
    }

    /** With conditions on arguments of both tiers: those of the generated profiles are the usual one's. */
    @ParameterizedTest
    @MethodSource("evidence")
    void conditionedProfilesHaveTheSameFilter(Path evidence) throws IOException {
        for (String tier : List.of("safe", "strict")) {
            compare(known(ConditionedProfiles.of(evidence, tier)));
        }
    }

    /** With EQ and MASKED_EQ, which libseccomp compiles right. */
    @Test
    void randomProfilesHaveTheSameFilter() throws IOException {
        for (int seed = 0; seed < PROFILES; seed++) {
            compare(LibseccompProfiles.exact(new Random(seed)));
        }
    }

    /**
     * With pairs of ranges 2.5.4 is wrong in a quarter of the cases, and the verdict table lists each of them. Another
     * version may have fewer such faults, or others: then only our own answers are held to the reference.
     */
    @Test
    void theRangesThatLibseccompMiscompilesAreKnown() throws IOException {
        Set<Profile> known = VerdictTable.read(VerdictTable.RANGES).stream()
                .map(VerdictTable.Case::profile)
                .collect(Collectors.toSet());
        Set<Profile> wrong = new HashSet<>();
        for (Profile profile : LibseccompProfiles.ranges()) {
            Program theirs = libseccomp.compile(profile, Libseccomp.Order.DEFAULT);
            Program ours = FilterCompiler.compile(profile);
            Differences.calls(profile)
                    .forEach(call -> assertEquals(
                            profile.decide(call).returnValue(),
                            Emulator.run(ours, call).value()));
            if (!Differences.between(ours, theirs, profile).isEmpty()) {
                wrong.add(profile);
            }
        }
        if (libseccomp.version().equals("2.5.4")) {
            assertEquals(known, wrong);
        }
    }

    /** Rules that are read from libseccomp's filter decide as the filter does. */
    @ParameterizedTest
    @MethodSource("evidence")
    void whatLibseccompCompilesIsReadAsRules(Path evidence) throws IOException {
        for (String tier : List.of("safe", "strict")) {
            Profile profile = known(ConditionedProfiles.of(evidence, tier));
            Program theirs = libseccomp.compile(profile, Libseccomp.Order.DEFAULT);
            boolean isBigEndian = profile.architectures().first().isBigEndian();
            Decompiled read = Decompiler.decompile(FilterStack.of(theirs), isBigEndian, Arch.X86_64);
            assertEquals(Optional.empty(), read.gap());
            Differences.calls(profile)
                    .filter(call ->
                            SyscallTable.of(call.abi()).name(call.number()).isPresent())
                    .forEach(call -> assertEquals(
                            Emulator.run(theirs, call).decision(),
                            read.profiles()
                                    .on(call.abi())
                                    .map(rules -> rules.decide(call))
                                    .orElse(Decision.of(Action.KILL_THREAD)),
                            call::toString));
        }
    }

    /** What nginx calls, as it was observed, by names alone: the mean knows no arguments. */
    @Test
    void ourFiltersOfNginxRunFewerInstructions() throws IOException {
        Path observation = Path.of("generated/nginx/observation.json");
        Profile profile = ConditionedProfiles.derived(observation, "none");
        Frequencies frequencies = observed(observation);
        double linear = mean(FilterCompiler.compile(profile, Layout.LINEAR, frequencies), frequencies);
        double tree = mean(FilterCompiler.compile(profile, Layout.TREE, frequencies), frequencies);
        double theirs = mean(libseccomp.compile(profile, Libseccomp.Order.DEFAULT), frequencies);
        double theirTree = mean(libseccomp.compile(profile, Libseccomp.Order.TREE), frequencies);
        String figures = String.format(
                Locale.ROOT, "%.1f linear, %.1f tree; libseccomp %.1f, %.1f", linear, tree, theirs, theirTree);
        assertTrue(linear <= Math.min(theirs, theirTree), figures);
        assertTrue(tree <= Math.min(theirs, theirTree), figures);
        if (libseccomp.version().equals("2.5.4")) {
            String page = Files.readString(Path.of("src/site/markdown/bpf.md"));
            String table = String.format(Locale.ROOT, """
                    | libseccomp 2.5.4 | %.1f |
                    | libseccomp 2.5.4, binary tree | %.1f |
                    | strait, linear | %.1f |
                    | strait, tree | %.1f |
                    """, theirs, theirTree, linear, tree);
            assertTrue(page.contains(table), figures);
        }
    }

    private static double mean(Program program, Frequencies frequencies) {
        return InstructionCount.of(program, frequencies).mean();
    }

    private static Frequencies observed(Path file) throws IOException {
        Map<Arch, Map<String, Long>> counts = new EnumMap<>(Arch.class);
        JsonNode abis = new ObjectMapper().readTree(file.toFile()).required("architectures");
        abis.properties().forEach(abi -> {
            Map<String, Long> calls = new TreeMap<>();
            abi.getValue()
                    .required("syscalls")
                    .properties()
                    .forEach(call -> calls.put(
                            call.getKey(), call.getValue().required("count").asLong()));
            counts.put(Arch.parse(abi.getKey()), calls);
        });
        return Frequencies.ofNames(counts);
    }

    private static Profile read(Path file) throws IOException {
        return Formats.read(file.toString(), Files.readAllBytes(file)).profile();
    }

    /** Runtimes drop the names that the installed libseccomp does not know: its filter is that of the other names. */
    private static Profile known(Profile profile) {
        io.github.strait.syscall.Libseccomp installed = io.github.strait.syscall.Libseccomp.find(libseccomp.version())
                .orElseThrow(() -> new AssertionError("libseccomp-versions.tsv lacks " + libseccomp.version()));
        Profile.Builder known = Profile.builder(profile.defaultAction())
                .defaultErrnoRet(profile.defaultDecision().errno())
                .architectures(profile.architectures());
        for (Rule rule : profile.rules()) {
            List<String> names = rule.names().stream().filter(installed::knows).toList();
            Rule.Builder part = Rule.builder(rule.action()).names(names).conditions(rule.conditions());
            rule.errnoRet().ifPresent(part::errnoRet);
            if (!names.isEmpty()) {
                known.rule(part.build());
            }
        }
        return known.build();
    }

    private static void compare(Profile profile) throws IOException {
        Program theirs = libseccomp.compile(profile, Libseccomp.Order.DEFAULT);
        Program ours = FilterCompiler.compile(Companions.add(profile));
        List<SeccompData> differences = Differences.between(ours, theirs, Companions.add(profile));
        List<String> shown = new ArrayList<>();
        differences.stream()
                .limit(3)
                .forEach(call -> shown.add(call + ": ours "
                        + Emulator.run(ours, call).decision() + ", theirs "
                        + Emulator.run(theirs, call).decision()));
        assertEquals(List.of(), shown, profile::toString);
    }

    static List<Path> evidence() throws IOException {
        return ConditionedProfiles.evidence();
    }

    static Stream<Path> generated() throws IOException {
        try (Stream<Path> names = Files.list(Path.of("generated"))) {
            List<Path> files =
                    names.map(name -> name.resolve("profile.json")).sorted().toList();
            assertTrue(files.size() >= 9, files::toString);
            return files.stream();
        }
    }
}
