package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Settings;
import io.github.strait.format.c.LibseccompFormat;
import io.github.strait.live.RequiresTool;
import io.github.strait.profile.Action;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filters that the sources of {@code libseccomp-c} have the installed libseccomp make, against the reference. */
@RequiresTool("gcc")
class LibseccompSourceIT {
    private static final int PROFILES = 60;
    private static final List<Arch> ABIS = List.of(Arch.X86_64, Arch.X86, Arch.X32);
    private static final Path MAIN =
            Path.of("src/test/resources/io/github/strait/bpf/sources.c").toAbsolutePath();

    @TempDir
    Path folder;

    /** What runc and crun would have libseccomp make of the same profile. */
    @Test
    void theFilterIsThatOfTheContainer() throws Exception {
        List<Profile> profiles = new ArrayList<>();
        for (int seed = 0; seed < PROFILES; seed++) {
            profiles.add(here(LibseccompProfiles.exact(new Random(seed)), seed));
        }
        List<Program> filters = filters(profiles);
        try (Libseccomp libseccomp = Libseccomp.start(folder)) {
            for (int i = 0; i < PROFILES; i++) {
                Profile profile = profiles.get(i);
                Program container = libseccomp.compile(profile, Libseccomp.Order.DEFAULT);
                assertEquals(List.of(), Differences.between(container, filters.get(i), Companions.add(profile)));
            }
        }
    }

    /** Conditions with different actions that overlap: libseccomp promises no order for them, and the source needs none. */
    @Test
    void theFirstOfOverlappingRulesWins() throws Exception {
        List<Profile> written = new ArrayList<>();
        for (int seed = 0; written.size() < PROFILES; seed++) {
            Profile profile = overlapping(new Random(seed));
            if (isWritten(profile)) {
                written.add(profile);
            }
            assertTrue(seed < 3 * PROFILES, "most are refused");
        }
        List<Program> filters = filters(written);
        for (int i = 0; i < PROFILES; i++) {
            Profile profile = written.get(i);
            Program reference = FilterCompiler.compile(Companions.add(profile));
            assertEquals(
                    List.of(),
                    Differences.between(reference, filters.get(i), Companions.add(profile)),
                    profile::toString);
        }
    }

    private static boolean isWritten(Profile profile) {
        try {
            LibseccompFormat.LIBSECCOMP_C.write(profile);
            return true;
        } catch (RefusalException e) {
            assertEquals("inexpressible-profile", e.diagnostic().code());
            return false;
        }
    }

    private static Profile overlapping(Random random) {
        Profile.Builder profile =
                Profile.builder(Action.ERRNO).architectures(ABIS.subList(0, 1 + random.nextInt(ABIS.size())));
        Operator[] operators = {Operator.EQ, Operator.MASKED_EQ, Operator.MASKED_EQ, Operator.GE, Operator.NE};
        for (int i = 0; i < 4; i++) {
            Rule.Builder rule = Rule.builder(random.nextBoolean() ? Action.ALLOW : Action.ERRNO)
                    .name(List.of("lseek", "personality", "read").get(random.nextInt(3)));
            int conditions = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
            for (int j = 0; j < conditions; j++) {
                Operator operator = operators[random.nextInt(random.nextInt(4) == 0 ? operators.length : 3)];
                rule.condition(new Condition(
                        j, operator, 1 + random.nextInt(7), operator.takesValueTwo() ? random.nextInt(8) : 0));
            }
            Rule built = rule.build();
            profile.rule(
                    built.action() == Action.ERRNO && random.nextInt(3) > 0
                            ? rule.errnoRet(38).build()
                            : built);
        }
        return profile.build();
    }

    /** The same for the ABIs of this machine. */
    private static Profile here(Profile profile, int seed) {
        Profile.Builder here =
                Profile.builder(profile.defaultAction()).architectures(ABIS.subList(0, 1 + seed % ABIS.size()));
        if (profile.defaultAction() == Action.ERRNO) {
            here.defaultErrnoRet(profile.defaultDecision().errno());
        }
        return here.rules(profile.rules()).build();
    }

    /** Compiles the sources into one program, which exports each filter instead of installing it. */
    private List<Program> filters(List<Profile> profiles) throws IOException, InterruptedException {
        StringBuilder loaders = new StringBuilder();
        List<String> command =
                new ArrayList<>(List.of("gcc", "-Wall", "-Werror", "-Dseccomp_load=export", "-I.", "-o", "sources"));
        for (int i = 0; i < profiles.size(); i++) {
            byte[] source =
                    LibseccompFormat.LIBSECCOMP_C.with(new Settings("p" + i)).write(profiles.get(i));
            Files.write(folder.resolve("p" + i + ".c"), source);
            command.add("p" + i + ".c");
            loaders.append("LOADER(p").append(i).append(")\n");
        }
        Files.writeString(folder.resolve("loaders.h"), loaders);
        command.addAll(List.of(MAIN.toString(), "-lseccomp"));
        run(command);
        run(List.of("./sources"));
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            programs.add(Program.decode(Files.readAllBytes(folder.resolve("p" + i)), ByteOrder.LITTLE_ENDIAN));
        }
        return programs;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
