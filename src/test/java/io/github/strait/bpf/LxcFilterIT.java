package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.lxc.LxcFormat;
import io.github.strait.live.LxcContainer;
import io.github.strait.live.RequiresTool;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filters that LXC makes of written policies against the profiles: read by its own parser, and not installed. */
@RequiresTool(
        value = {"lxc-start", "gcc"},
        asRoot = true)
class LxcFilterIT {
    private static final int PROFILES = 60;
    private static final String SOURCE = "src/test/resources/io/github/strait/bpf/lxc-export.c";
    private static final ImmutableSortedSet<Arch> ABIS = ImmutableSortedSet.of(Arch.X86_64, Arch.X86, Arch.X32);

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        Process gcc = new ProcessBuilder(
                        "gcc", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", preload(), SOURCE, "-lseccomp")
                .inheritIO()
                .start();
        assertEquals(0, gcc.waitFor());
    }

    /**
     * With one action for the rules of a call, where the names count on the other ABIs as well; and with several that
     * overlap, on the one that is listed.
     */
    @Test
    void randomProfilesHaveTheSameFilter() throws Exception {
        int mixed = 0;
        for (int seed = 0; seed < PROFILES; seed++) {
            Random random = new Random(seed);
            Profile profile = onX86(LibseccompProfiles.exact(random));
            if (seed % 2 == 1) {
                profile = withOtherActions(profile, random);
            }
            Optional<byte[]> policy = policy(profile);
            if (policy.isPresent()) {
                mixed += seed % 2;
                Program filter = filter(policy.get());
                compare(
                        seed % 2 == 1
                                ? profile
                                : profile.toBuilder().architectures(ABIS).build(),
                        filter,
                        seed);
            }
        }
        assertTrue(mixed > PROFILES / 3, mixed + " profiles with several actions");
    }

    /** Empty where the meaning of overlapping rules is too intricate to be written without an order. */
    private static Optional<byte[]> policy(Profile profile) {
        try {
            return Optional.of(LxcFormat.LXC.write(profile));
        } catch (RefusalException e) {
            assertTrue(e.getMessage().contains("is written from the meaning of the rules, but "), e.getMessage());
            return Optional.empty();
        }
    }

    private static Profile onX86(Profile profile) {
        Profile.Builder builder = Profile.builder(profile.defaultAction()).architectures(Arch.X86_64);
        profile.defaultErrnoRet().ifPresent(builder::defaultErrnoRet);
        return builder.rules(profile.rules()).build();
    }

    /** Of few bits: the meaning of more takes many lines to say, and libseccomp 2.5.4 fails on some of these. */
    private static Profile withOtherActions(Profile profile, Random random) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : profile.rules()) {
            if (!rule.isConditional()) {
                rules.add(rule);
                continue;
            }
            int index = random.nextInt(2);
            rules.add(Rule.builder(Action.ERRNO)
                    .errnoRet(22 + random.nextInt(2))
                    .names(rule.names())
                    .condition(Condition.maskedEqual(index, 1 + random.nextInt(7), random.nextInt(8)))
                    .build());
        }
        return profile.withRules(rules);
    }

    private static void compare(Profile profile, Program filter, int seed) {
        List<String> differences = new ArrayList<>();
        Differences.calls(profile).filter(call -> counts(call, profile)).forEach(call -> {
            int theirs = Emulator.run(filter, call).value();
            if (theirs != profile.decide(call).returnValue() && differences.size() < 3) {
                differences.add(call + ": " + profile.decide(call) + ", and LXC 0x" + Integer.toHexString(theirs));
            }
        });
        assertEquals(List.of(), differences, () -> "seed " + seed + ": " + profile);
    }

    /** Of i386 not those that a multiplexer stands for: the format refuses them where a profile lists that ABI. */
    private static boolean counts(SeccompData call, Profile profile) {
        boolean isSkipped = call.abi() == Arch.X86
                && SyscallTable.of(Arch.X86)
                        .name(call.number())
                        .flatMap(name -> Multiplexer.of(name, Arch.X86))
                        .isPresent();
        return !isSkipped && (profile.architectures().contains(call.abi()) || !ABIS.contains(call.abi()));
    }

    private static Program filter(byte[] policy) throws Exception {
        LxcContainer container = LxcContainer.create(folder.resolve("container"), policy);
        Path filter = folder.resolve("filter");
        Files.deleteIfExists(filter);
        ProcessBuilder builder = new ProcessBuilder(container.start(10))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("LD_PRELOAD", preload());
        builder.environment().put("FILTER", filter.toString());
        Process process = builder.start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        byte[] bytes = Files.readAllBytes(filter);
        assertTrue(
                bytes.length > 0,
                () -> container.log().orElse("no log") + " for\n" + new String(policy, StandardCharsets.UTF_8));
        return Program.decode(bytes, ByteOrder.LITTLE_ENDIAN);
    }

    private static String preload() {
        return folder.resolve("export.so").toString();
    }
}
