package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.argument.Catalogue;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiblingsTest {
    private static final List<String> STARTED_WITH_OLD_GLIBC =
            List.of("execve", "newfstatat", "rseq", "set_robust_list", "set_tid_address");

    private static final DeriveOptions ON = Choices.of(ImmutableSortedSet.of(), Layer.onRequest());

    private static Rationale derive(Arch arch, String... names) {
        return Derivation.of(Observations.of(arch, names), ON).rationale(arch);
    }

    private static Layer siblings(List<String> names) {
        Observation seen = Observations.of(Arch.X86_64, names.toArray(String[]::new));
        return new Siblings(ObservedLibc.mapped(seen, Arch.X86_64), Optional.empty()).of(names);
    }

    /** What the layer adds to these calls of a program of glibc 2.36 for a target. */
    private static ImmutableSortedSet<String> on(String target, String... more) {
        List<String> names = new ArrayList<>(STARTED_WITH_OLD_GLIBC);
        names.addAll(List.of(more));
        return Derivation.of(
                        Observations.of(Arch.X86_64, names.toArray(String[]::new)),
                        Choices.on(target, ImmutableSortedSet.of(), Layer.onRequest()))
                .rationale(Arch.X86_64)
                .addedBy("siblings");
    }

    /** A release of another number counts as the one of the map that makes its calls; one that is not known as any. */
    @Test
    void aTargetHasTheRowsOfItsLibcAlone() {
        for (String target : List.of("glibc-2.41", "debian-13", "fedora-40", "ubuntu-24.04")) {
            assertEquals(ImmutableSortedSet.of("fstat", "renameat"), on(target, "rename", "openat"), target);
        }
        ImmutableSortedSet<String> musl = on("alpine-3.20", "rename", "openat");
        assertTrue(musl.containsAll(Set.of("open", "stat", "lstat")), musl::toString);
        assertFalse(musl.contains("renameat"));
        for (String target : List.of("glibc-2.36", "debian-12", "ubuntu-22.04", "rhel-9.4")) {
            assertEquals(ImmutableSortedSet.of(), on(target, "rename", "openat"), target);
        }
        assertEquals(derive(Arch.X86_64, started("rename")).addedBy("siblings"), on("slackware-15.0", "rename"));
        assertEquals(on("glibc-2.41", "rename"), on("glibc", "rename"));
    }

    private static String[] started(String more) {
        List<String> names = new ArrayList<>(STARTED_WITH_OLD_GLIBC);
        names.add(more);
        return names.toArray(String[]::new);
    }

    @Test
    void theTargetIsSaid() {
        DeriveOptions options = Choices.on("debian-13", ImmutableSortedSet.of(), Layer.onRequest());
        Derivation derivation = Derivation.of(Observations.of(Arch.X86_64, started("openat")), options);
        assertTrue(String.valueOf(derivation.rationale(Arch.X86_64).reasons().get("fstat"))
                .contains("on debian-13, stands in for newfstatat: since 2.39 glibc asks about open files with it"));
        assertTrue(derivation.scoped().rules().stream()
                .flatMap(rule -> rule.comment().stream())
                .anyMatch(comment -> comment.contains("calls that debian-13 makes for the same purpose")));
    }

    /** They follow from what was derived, by the libc of the evidence. */
    @Test
    void aTargetWithoutEvidenceHasThemToo() {
        DeriveOptions options = Choices.on("debian-13", ImmutableSortedSet.of(Arch.AARCH64), Layer.onRequest());
        Derivation derivation = Derivation.of(Observations.of(Arch.X86_64, started("rename")), options);
        assertEquals(
                ImmutableSortedSet.of("fstat"),
                derivation.rationale(Arch.AARCH64).addedBy("siblings"));
    }

    /** Of several programs, one that calls fstat itself does not make the others newer. */
    @Test
    void eachProgramTellsItsLibc() {
        Observation both = Observations.of(Arch.X86_64, started("fstat"));
        assertEquals(Set.of(MappedLibc.GLIBC_2_41), ObservedLibc.mapped(both, Arch.X86_64));
        Observation more = both.merge(Observation.of(List.of(Observations.run("go", Arch.X86_64, "execve", "openat"))));
        assertEquals(Set.of(MappedLibc.GLIBC_2_41), ObservedLibc.mapped(more, Arch.X86_64));
        Observation attached = both.merge(Observation.of(List.of(Observations.run("attached", Arch.X86_64, "read"))));
        assertEquals(Set.of(MappedLibc.GLIBC_2_41), ObservedLibc.mapped(attached, Arch.X86_64));
        Observation musl =
                both.merge(Observation.of(List.of(Observations.run("musl", Arch.X86_64, "execve", "set_tid_address"))));
        assertEquals(Set.of(MappedLibc.GLIBC_2_41, MappedLibc.MUSL), ObservedLibc.mapped(musl, Arch.X86_64));
    }

    @Test
    void eachIsShownWithTheCallThatPulledItInAndHowThatIsKnown() {
        Layer layer = siblings(STARTED_WITH_OLD_GLIBC);
        assertTrue(String.valueOf(layer.reasons().get("fstat"))
                .matches("stands in for newfstatat: since 2.39 glibc asks about open files with it "
                        + "\\(measured, \\d+ programs\\).*"));
        assertTrue(String.valueOf(
                        siblings(List.of("execve", "set_tid_address")).reasons().get("rseq"))
                .startsWith("at the start: glibc registers the thread"));
    }

    @Test
    void whatAddsPowerIsSaid() {
        Layer layer = siblings(List.of("getpgrp"));
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
                        siblings(List.of("fork")).reasons().keySet(), Set.of("clone", "clone3", "vfork"))));
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
