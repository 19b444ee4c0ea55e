package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.names.NamesFormat;
import io.github.strait.format.oci.ArchMap;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.format.spo.SpoFormat;
import io.github.strait.format.talos.TalosFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every written profile reads back; bytes that are not a document are refused. */
class RoundTripProperties {
    private static final ImmutableList<ReadableFormat> FORMATS =
            ImmutableList.of(OciFormat.OCI, MobyFormat.MOBY, NamesFormat.NAMES, SpoFormat.SPO, TalosFormat.TALOS);
    private static final ImmutableList<String> SAMPLES =
            ImmutableList.of("plain.json", "moby.json", "loose.json", "calls.names", "spo.yaml", "talos.yaml");

    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain().filter(Profiles::isLoadable);
    }

    @Provide
    Arbitrary<Profile> any() {
        return Profiles.any().filter(Profiles::isLoadable);
    }

    @Provide
    Arbitrary<Set<Arch>> arches() {
        return Arbitraries.of(Arch.class).set().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Set<String>> names() {
        return Arbitraries.of(Profiles.NAMES).set();
    }

    @Property
    void plainProfilesInOci(@ForAll("plain") Profile profile) {
        assertRoundTrip(OciFormat.OCI, profile);
    }

    @Property(tries = 1000)
    void plainProfilesInTalos(@ForAll("plain") Profile profile) {
        assertRoundTrip(TalosFormat.TALOS, profile);
    }

    @Property
    void plainProfilesInMoby(@ForAll("plain") Profile profile) {
        assertRoundTrip(MobyFormat.MOBY, profile);
        assertEquals(
                profile, MobyFormat.MOBY.read("f", OciFormat.OCI.write(profile)).profile());
    }

    @Property
    void allProfilesInMoby(@ForAll("any") Profile profile) {
        boolean flat = ArchMap.of(profile.architectures()).isEmpty();
        Assume.that(!flat || !isMixed(profile));
        assertRoundTrip(MobyFormat.MOBY, profile);
    }

    /** Reading back may lose names that no line stands for, but never the meaning. */
    @Property
    void allowlistsInNames(@ForAll("arches") Set<Arch> arches, @ForAll("names") Set<String> names) {
        Assume.that(names.contains("read"));
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(arches)
                .rule(Rule.builder(Action.ALLOW).names(names).build())
                .build();
        byte[] written = NamesFormat.NAMES.write(profile);
        assertEquals(profile, NamesFormat.NAMES.read("f", written).profile());
        assertArrayEquals(
                written,
                NamesFormat.NAMES.write(NamesFormat.NAMES.read("f", written).profile()));
    }

    /** A list of names allows exactly its lines. */
    @Property
    void namesAllowWhatTheyList(@ForAll("plain") Profile profile) {
        byte[] written;
        try {
            written = NamesFormat.NAMES.write(profile);
        } catch (RefusalException e) {
            return;
        }
        Profile back = NamesFormat.NAMES.read("f", written).profile();
        for (Arch arch : profile.architectures()) {
            SyscallTable.of(arch).numbers().values().forEach(number -> {
                SeccompData call = SeccompData.of(arch, number);
                assertEquals(
                        profile.decide(call).action() == Action.ALLOW,
                        back.decide(call).action() == Action.ALLOW);
            });
        }
    }

    @Property
    void randomBytesAreRefused(@ForAll byte[] content) {
        FORMATS.forEach(format -> readOrRefuse(format, content));
    }

    @Property
    void randomTextIsRefused(@ForAll String content) {
        FORMATS.forEach(format -> readOrRefuse(format, content.getBytes(StandardCharsets.UTF_8)));
    }

    /** A few bytes of a good document replaced, removed or doubled: refused, or understood and written again. */
    @Property
    void damagedDocumentsAreRefusedOrStable(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] content = Blocks.bytes(SAMPLES.get(random.nextInt(SAMPLES.size())));
        for (int i = random.nextInt(4); i >= 0; i--) {
            content = damage(content, random);
        }
        for (ReadableFormat format : FORMATS) {
            readOrRefuse(format, content);
        }
    }

    private static byte[] damage(byte[] content, Random random) {
        int at = random.nextInt(content.length);
        int length = Math.min(content.length - at, 1 + random.nextInt(8));
        byte[] filling = new byte[random.nextInt(3)];
        for (int i = 0; i < filling.length; i++) {
            filling[i] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : content[random.nextInt(content.length)];
        }
        byte[] head = Arrays.copyOf(content, at + filling.length);
        System.arraycopy(filling, 0, head, at, filling.length);
        byte[] all = Arrays.copyOf(head, head.length + content.length - at - length);
        System.arraycopy(content, at + length, all, head.length, content.length - at - length);
        return all;
    }

    private static void readOrRefuse(ReadableFormat format, byte[] content) {
        Profile profile;
        try {
            profile = format.read("f", content).profile();
        } catch (RefusalException e) {
            assertNotNull(e.diagnostic().position());
            return;
        }
        assertEquals(profile, format.read("f", format.write(profile)).profile());
    }

    private static void assertRoundTrip(ReadableFormat format, Profile profile) {
        byte[] written = format.write(profile);
        Reading reading = format.read("f", written);
        assertEquals(profile, reading.profile());
        assertTrue(reading.diagnostics().stream()
                .allMatch(diagnostic -> diagnostic.code().equals("young-architecture")));
        assertArrayEquals(written, format.write(reading.profile()));
    }

    private static boolean isMixed(Profile profile) {
        return profile.architectures().stream()
                        .map(Arch::isBigEndian)
                        .distinct()
                        .count()
                > 1;
    }
}
