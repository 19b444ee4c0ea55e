package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.argument.Catalogue;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiblingsTest {
    private static final List<String> STARTED_WITH_OLD_GLIBC =
            List.of("execve", "newfstatat", "rseq", "set_robust_list", "set_tid_address");

    private static final DeriveOptions ON = Choices.of(ImmutableSortedSet.of(), Layer.onRequest());

    private static Rationale derive(Arch arch, String... names) {
        return Derivation.of(Observations.of(arch, names), ON).rationale(arch);
    }

    @Test
    void eachIsShownWithTheCallThatPulledItInAndHowThatIsKnown() {
        Layer layer = Siblings.of(STARTED_WITH_OLD_GLIBC);
        assertTrue(String.valueOf(layer.reasons().get("fstat"))
                .matches("stands in for newfstatat: since 2.39 glibc asks about open files with it "
                        + "\\(measured, \\d+ programs\\).*"));
        assertTrue(String.valueOf(Siblings.of(List.of("execve", "set_tid_address"))
                        .reasons()
                        .get("rseq"))
                .startsWith("at the start: glibc registers the thread"));
    }

    @Test
    void whatAddsPowerIsSaid() {
        Layer layer = Siblings.of(List.of("getpgrp"));
        assertTrue(String.valueOf(layer.reasons().get("getpgid"))
                .contains("stands in for getpgrp: musl makes this call where glibc makes getpgrp, "
                        + "and adds power: it can ask about other processes ("));
    }

    @Test
    void theyAreARuleOfTheirOwnOnlyWhenAskedFor() {
        assertTrue(derive(Arch.X86_64, "newfstatat").addedBy("siblings").containsAll(Set.of("fstat", "stat", "lstat")));
        assertTrue(Collections.disjoint(
                derive(Arch.AARCH64, "newfstatat").addedBy("siblings"), Set.of("open", "stat", "lstat")));
        assertFalse(Layer.all().contains(Siblings.LAYER));
    }

    /** Evidence of musl shows open where a program of glibc shows openat, so openat in it means no open. */
    @Test
    void whatTheEvidenceCouldHaveShownStaysOut() {
        ImmutableSortedSet<String> musl = derive(
                        Arch.X86_64, "execve", "set_tid_address", "openat", "newfstatat", "pipe2")
                .addedBy("siblings");
        assertTrue(Collections.disjoint(musl, Set.of("open", "stat", "lstat", "pipe")), musl::toString);
        ImmutableSortedSet<String> go = derive(Arch.X86_64, "execve", "openat").addedBy("siblings");
        assertEquals(ImmutableSortedSet.of(), go, "a program without a libc");
    }

    @Test
    void siblingsOfSiblingsStayOut() {
        assertEquals(
                ImmutableSortedSet.of("clone"),
                ImmutableSortedSet.copyOf(Sets.intersection(
                        Siblings.of(List.of("fork")).reasons().keySet(), Set.of("clone", "clone3", "vfork"))));
    }

    @Test
    void everyValueIsOfACallThatTheCatalogueHas() {
        for (List<String> row :
                TableResource.read(Derivation.class, "siblings.tsv").rows()) {
            assertNotEquals(row.get(0), row.get(1));
            assertTrue(Catalogue.calls().contains(row.get(1)), row::toString);
            assertNotEquals(TableResource.ABSENT, row.get(2));
            for (String word : TableResource.words(row.get(2))) {
                String value = word.substring(word.indexOf('=') + 1);
                boolean isWord = value.equals("same") || value.equals("none");
                assertTrue(isWord || Catalogue.tuple(value, Arch.X86_64).isPresent(), row::toString);
            }
        }
    }
}
