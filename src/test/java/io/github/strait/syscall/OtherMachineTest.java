package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherMachineTest {
    @ParameterizedTest
    @CsvSource({
        "SuperH, 42, SHEL, sh4",
        "SPARC, 18, SPARC, sparc",
        "SPARC64, 43, SPARC64, sparc64",
        "Alpha, 36902, ALPHA, alpha",
        "PA-RISC, 15, PARISC64, hppa",
        "IA-64, 50, IA64, ia64",
        "m68k, 4, M68K, m68k",
        "ARC, 195, ARCV2, arc",
        "MicroBlaze, 189, MICROBLAZE, microblazeel",
        "Nios II, 113, NIOS2, nios2",
        "OpenRISC, 92, OPENRISC, or1k",
        "Xtensa, 94, XTENSA, xtensa",
        "C-SKY, 252, CSKY, csky",
        "Hexagon, 164, HEXAGON, hexagon",
        "32-bit RISC-V, 243, RISCV32, riscv32",
    })
    void isKnownByEachOfItsMarks(String label, int elf, String audit, String folder) {
        assertEquals(Optional.of(label), OtherMachine.ofElf(elf).map(OtherMachine::label));
        assertEquals(Optional.of(label), OtherMachine.ofAudit(audit).map(OtherMachine::label));
        assertEquals(Optional.of(label), OtherMachine.ofTriplet(folder).map(OtherMachine::label));
    }

    @Test
    void noMarkIsOfAnAbiThatHasATable() {
        for (Arch arch : Arch.values()) {
            assertEquals(Optional.empty(), OtherMachine.ofAudit(arch.name()), arch.label());
            assertEquals(Optional.empty(), OtherMachine.ofTriplet(arch.label()), arch.label());
        }
        assertEquals(Optional.empty(), OtherMachine.ofAudit("I386"));
        assertEquals(Optional.empty(), OtherMachine.ofElf(62));
        assertEquals(Optional.empty(), OtherMachine.ofTriplet("powerpc64le"));
    }

    @Test
    void noCallOfAnotherMachineIsInATable() {
        TableResource calls = TableResource.read(SyscallTable.class, "other-calls.tsv");
        Set<String> machines = TableResource.read(SyscallTable.class, "other-machines.tsv").rows().stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
        for (List<String> row : calls.rows()) {
            String name = row.get(0);
            for (Arch arch : Arch.values()) {
                assertEquals(Optional.empty(), StraceName.toLibseccomp(name, arch), name);
                assertEquals(Optional.empty(), OldStraceName.of(name, arch), name);
                assertEquals(Optional.empty(), Multiplexer.of(name, arch), name);
            }
            assertTrue(machines.containsAll(OtherMachine.ofCall(name)), name);
        }
        assertEquals(List.of(), OtherMachine.ofCall("read"));
        assertFalse(OtherMachine.isOfLibc("osf_sigprocmask"));
        assertTrue(OtherMachine.isOfLibc("getpagesize"));
    }
}
