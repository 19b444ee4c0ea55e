package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiblingsTest {
    private static final DeriveOptions ON = Choices.of(ImmutableSortedSet.of(), Layer.onRequest());

    /** Whose values have no counterpart in the sibling, or are not in the catalogue. */
    private static final Set<String> UNKNOWN = Set.of(
            "creat open",
            "creat openat",
            "recv recvfrom",
            "send sendto",
            "clone clone3",
            "fork clone3",
            "vfork clone3");

    private static Rationale derive(Arch arch, String... names) {
        return Derivation.of(Observations.of(arch, names), ON).rationale(arch);
    }

    @Test
    void eachIsShownWithTheCallThatPulledItIn() {
        Layer layer = Siblings.of(List.of("newfstatat", "lstat", "poll"));
        assertEquals(
                ImmutableSet.of("fstat", "ppoll", "stat", "statx"),
                layer.reasons().keySet());
        assertEquals(
                "stands in for newfstatat; stands in for lstat", layer.reasons().get("statx"));
    }

    @Test
    void whatAddsPowerIsSaid() {
        Layer layer = Siblings.of(ImmutableList.of("getrlimit", "unlink", "sendto"));
        assertEquals(
                "stands in for getrlimit, and adds power: it can set limits, also of other processes",
                layer.reasons().get("prlimit64"));
        assertEquals(
                "stands in for unlink, and adds power: it also removes directories",
                layer.reasons().get("unlinkat"));
        assertTrue(String.valueOf(layer.reasons().get("sendmsg")).contains("sends descriptors"));
    }

    @Test
    void theyAreARuleOfTheirOwnOnlyWhenAskedFor() {
        assertEquals(
                ImmutableSortedSet.of("statx", "fstat", "lstat", "stat"),
                derive(Arch.X86_64, "newfstatat").addedBy("siblings"));
        assertEquals(
                ImmutableSortedSet.of("statx", "fstat"),
                derive(Arch.AARCH64, "newfstatat").addedBy("siblings"));
        assertFalse(Layer.all().contains(Siblings.LAYER));
        assertNotEquals(
                Set.of(),
                derive(Arch.X86, "clock_gettime64").addedBy("siblings"),
                "the older twin of a 64-bit-time call");
    }

    @Test
    void siblingsOfSiblingsStayOut() {
        assertEquals(
                ImmutableSortedSet.of("accept4"), derive(Arch.X86_64, "accept").addedBy("siblings"));
    }

    @Test
    void everyPairExistsTogetherSomewhereAndAGreaterRiskIsSaid() {
        for (List<String> row :
                TableResource.read(Derivation.class, "siblings.tsv").rows()) {
            String observed = row.get(0);
            String sibling = row.get(1);
            assertNotEquals(observed, sibling);
            assertTrue(
                    Syscalls.architectures(observed).stream().anyMatch(Syscalls.architectures(sibling)::contains),
                    row::toString);
            boolean isRisky = Risk.of(sibling).isPresent() && Risk.of(observed).isEmpty();
            boolean isKnown = !row.get(3).equals(TableResource.ABSENT);
            assertEquals(Catalogue.calls().contains(sibling), isKnown || UNKNOWN.contains(observed + " " + sibling));
            assertFalse(isRisky && row.get(2).equals(TableResource.ABSENT), row::toString);
        }
    }
}
