package io.github.strait.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.io.Resources;
import io.github.strait.observation.CallName;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** qemu's names, as a program that makes every call measured them, mean the numbers that it called. */
class GuestNamesTest {
    /** The rows of ABIs that were measured, at least so many of each. */
    private static final int FEWEST = 250;

    @Test
    void eachMeasuredNameMeansItsNumber() throws IOException {
        TreeMap<Arch, Integer> rows = new TreeMap<>();
        for (String row : lines("names.tsv")) {
            String[] cells = row.split("\t");
            Arch arch = Arch.find(cells[0]).orElseThrow();
            CallName found = new GuestNames(arch).find(cells[2]).orElseThrow(() -> new AssertionError(row));
            String name = NamelessCall.nameOf(Integer.parseInt(cells[1]), arch);
            assertTrue(found.name().equals(name) || found.alternatives().contains(name), () -> row + ": " + found);
            boolean isEither = found.alternatives().size() == 1
                    && (name.equals("shutdown") || name.equals("semctl") || isOfIpc(name));
            assertTrue(found.alternatives().isEmpty() || isEither, () -> row + ": " + found);
            rows.merge(arch, 1, Integer::sum);
        }
        assertEquals(8, rows.size());
        rows.forEach((arch, count) -> assertTrue(count > FEWEST, arch + ": " + count));
    }

    private static boolean isOfIpc(String name) {
        return name.startsWith("sem") || name.startsWith("shm") || name.startsWith("msg");
    }

    static List<String> lines(String resource) throws IOException {
        return Resources.toString(Resources.getResource(GuestNamesTest.class, resource), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("abi\t"))
                .toList();
    }

    @Test
    void capitalsProveTheMultiplexer() {
        assertEquals(Optional.of(CallName.proven("socketcall")), new GuestNames(Arch.S390X).find("CONNECT"));
        assertEquals(Optional.of(CallName.proven("connect")), new GuestNames(Arch.S390X).find("connect"));
        assertEquals(Optional.empty(), new GuestNames(Arch.AARCH64).find("CONNECT"));
        assertEquals(Optional.empty(), new GuestNames(Arch.S390X).find("OPENAT"));
    }

    /** {@code shutdown(3,SHUT_RDWR)} on s390x is what glibc 2.36 calls through socketcall. */
    @Test
    void someNamesMeanEither() {
        assertEquals(
                Optional.of(new CallName("socketcall", ImmutableSortedSet.of("shutdown"))),
                new GuestNames(Arch.X86).find("shutdown"));
        assertEquals(Optional.of(CallName.proven("shutdown")), new GuestNames(Arch.RISCV64).find("shutdown"));
    }

    @Test
    void aNameOfOtherMachinesIsNamedWithThem() {
        assertEquals(Optional.empty(), new GuestNames(Arch.AARCH64).find("open"));
        assertTrue(GuestNames.arches("open").startsWith("x86_64, x86, "), GuestNames.arches("open"));
        assertEquals("", GuestNames.arches("nothing_like_it"));
    }
}
