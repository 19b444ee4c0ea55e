package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.c.CFormat;
import io.github.strait.format.c.LibseccompFormat;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as C compiles without a warning, as C and as C++, and does what the profile says. */
@RequiresTool({"gcc", "g++"})
class CSourcesIT {
    private static final Path MAIN =
            Path.of("src/test/resources/io/github/strait/live/confined.c").toAbsolutePath();
    private static final String C = "gcc -std=c99";
    private static final String CPP = "g++ -x c++ -std=c++17";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {C, CPP, C + " -D_GNU_SOURCE -O2", CPP + " -O2"})
    void aProgramConfinesItselfByTheHeader(String compiler) throws Exception {
        write(CFormat.C, Probe.profile());
        Outcome built = compile(compiler);
        assertEquals(new Outcome(0, ""), built);
        Probe.ARGS.assertPrinted(confined(Probe.ARGS));
        write(CFormat.C, Probe.byNames());
        assertEquals(new Outcome(0, ""), compile(compiler));
        Probe.NAMES.assertPrinted(confined(Probe.NAMES));
    }

    @ParameterizedTest
    @ValueSource(strings = {C, CPP, C + " -D_GNU_SOURCE -O2"})
    void aProgramConfinesItselfByLibseccomp(String compiler) throws Exception {
        Files.write(folder.resolve("app_seccomp.c"), LibseccompFormat.LIBSECCOMP_C.write(Probe.profile()));
        assertEquals(new Outcome(0, ""), compile(compiler, MAIN.toString(), "app_seccomp.c", "-lseccomp"));
        Probe.ARGS.assertPrinted(confined(Probe.ARGS));
        Profile both = Probe.profile().toBuilder()
                .architectures(Arch.X86)
                .flag(Flag.TSYNC)
                .flag(Flag.LOG)
                .flag(Flag.SPEC_ALLOW)
                .build();
        Files.write(folder.resolve("app_seccomp.c"), LibseccompFormat.LIBSECCOMP_C.write(both));
        assertEquals(new Outcome(0, ""), compile(compiler, MAIN.toString(), "app_seccomp.c", "-lseccomp"));
        Probe.ARGS.assertPrinted(confined(Probe.ARGS));
        Probe.ARGS_32.assertPrinted(confined(Probe.ARGS_32));
    }

    /** The library may be older than the call: the program starts, and says what is denied more than it should. */
    @Test
    void whatTheLibraryDoesNotKnowIsReported() throws Exception {
        Profile profile = Probe.allowing(Probe.profile(), "no_such_call", "nor_this_one");
        Files.write(folder.resolve("app_seccomp.c"), LibseccompFormat.LIBSECCOMP_C.write(profile));
        assertEquals(new Outcome(0, ""), compile(C, MAIN.toString(), "app_seccomp.c", "-lseccomp"));
        String report = "app_seccomp: the default holds for what libseccomp does not know: no_such_call nor_this_one\n";
        String text = confined(Probe.ARGS);
        assertTrue(text.startsWith(report), text);
        Probe.ARGS.assertPrinted(text.substring(report.length()));
    }

    /** One filter holds for the calls of both, whatever the program is compiled for. */
    @ParameterizedTest
    @ValueSource(strings = {"-m64", "-m32"})
    void theHeaderOfTwoAbisHoldsForBoth(String abi) throws Exception {
        Profile both = Probe.profile().toBuilder()
                .architectures(Arch.X86)
                .flag(Flag.TSYNC)
                .flag(Flag.LOG)
                .flag(Flag.SPEC_ALLOW)
                .build();
        write(CFormat.C, Companions.add(both));
        assertEquals(new Outcome(0, ""), compile(C + " " + abi));
        Probe.ARGS.assertPrinted(confined(Probe.ARGS));
        Probe.ARGS_32.assertPrinted(confined(Probe.ARGS_32));
    }

    @Test
    void anotherArchitectureDoesNotCompile() throws Exception {
        write(CFormat.C, Probe.profile());
        Outcome built = compile(C + " -m32");
        assertTrue(built.text().contains("#error \"app_seccomp is for x86_64 only\""), built.text());
    }

    private void write(ProfileFormat format, Profile profile) throws IOException {
        Files.write(folder.resolve("app_seccomp.h"), format.write(profile));
        Files.writeString(folder.resolve("other.c"), "#include \"app_seccomp.h\"\n");
    }

    /** Two sources include the header, one of them twice. */
    private Outcome compile(String compiler) throws IOException, InterruptedException {
        return compile(compiler, "-DHEADER", "-I.", MAIN.toString(), "other.c");
    }

    private Outcome compile(String compiler, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        command.addAll(List.of("-pedantic", "-Wall", "-Wextra", "-Werror", "-o", "confined"));
        command.addAll(List.of(words));
        return Outcome.of(folder, ImmutableList.copyOf(command));
    }

    private String confined(Probe probe) throws IOException, InterruptedException {
        return Outcome.text(folder, "./confined", probe.program().toString());
    }
}
