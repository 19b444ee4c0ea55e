package io.github.strait.format.spo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.yaml.YamlException;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpoProperties {
    @Provide
    Arbitrary<Profile> any() {
        return Arbitraries.oneOf(Profiles.plain(), Profiles.any());
    }

    /** What plain profiles have that the resource has not is replaced by the nearest. */
    @Provide
    Arbitrary<Profile> within() {
        return Profiles.plain().map(SpoProperties::nearest).filter(Profiles::isLoadable);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("az09-.AZ_").ofMinLength(1).ofMaxLength(8);
    }

    private static Profile nearest(Profile profile) {
        return new Profile(
                profile.defaultAction(),
                profile.defaultAction().takesErrno() ? OptionalInt.of(1) : OptionalInt.empty(),
                profile.architectures().stream()
                        .filter(arch -> SpoSchema.ARCHITECTURES.contains(arch.scmpToken()))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo)),
                profile.flags(),
                profile.listenerPath().map(path -> SpoSchema.LISTENERS + "a." + path.length()),
                profile.listenerPath().isPresent() ? profile.listenerMetadata() : Optional.empty(),
                profile.rules().stream().map(SpoProperties::nearest).collect(ImmutableList.toImmutableList()));
    }

    private static Rule nearest(Rule rule) {
        return new Rule(
                rule.names(),
                rule.action(),
                rule.errnoRet().orElse(1) == 0 ? OptionalInt.of(2) : rule.errnoRet(),
                rule.conditions().stream()
                        .map(c -> new Condition(
                                c.index(), c.operator(), c.value() & Long.MAX_VALUE, c.valueTwo() & Long.MAX_VALUE))
                        .collect(ImmutableList.toImmutableList()),
                rule.scope(),
                rule.comment());
    }

    @Property(tries = 1000)
    void whatIsWrittenReadsBack(@ForAll("within") Profile profile) throws YamlException {
        byte[] written = SpoFormat.SPO.write(profile);
        assertEquals(ImmutableList.of(), ApiServer.objections(written));
        Reading reading = SpoFormat.SPO.read("f", written);
        assertEquals(profile, reading.profile());
        assertEquals(Optional.of(Settings.USUAL), reading.settings());
        assertTrue(reading.diagnostics().stream()
                .allMatch(diagnostic -> diagnostic.code().equals("young-architecture")));
        assertArrayEquals(written, SpoFormat.SPO.write(reading.profile()));
    }

    /** Nothing is written that the API server would refuse or drop, or the operator. */
    @Property(tries = 1000)
    void allThatIsWrittenIsTaken(@ForAll("any") Profile profile) throws YamlException {
        byte[] written;
        try {
            written = SpoFormat.SPO.write(profile);
        } catch (RefusalException e) {
            assertEquals("inexpressible-profile", e.diagnostic().code());
            return;
        }
        assertEquals(ImmutableList.of(), ApiServer.objections(written));
    }

    @Property
    void aNameIsTakenOrAnotherOneThatWouldBeIsNamed(@ForAll("names") String name) throws YamlException {
        ProfileFormat format;
        try {
            format = SpoFormat.SPO.with(new Settings(name));
        } catch (RefusalException e) {
            return;
        }
        Profile profile = Profile.builder(Action.KILL_PROCESS).build();
        try {
            byte[] written = format.write(profile);
            assertEquals(ImmutableList.of(), ApiServer.objections(written));
            assertEquals(
                    Optional.of(new Settings(name)),
                    SpoFormat.SPO.read("f", written).settings());
        } catch (RefusalException e) {
            String other = e.getMessage().replaceFirst(".*use --name ", "");
            assertEquals(
                    ImmutableList.of(),
                    ApiServer.objections(SpoFormat.SPO.with(new Settings(other)).write(profile)),
                    e.getMessage());
        }
    }
}
