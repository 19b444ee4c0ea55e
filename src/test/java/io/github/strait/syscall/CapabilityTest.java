package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapabilityTest {
    @Test
    void thereAreAsManyAsTheKernelHas() {
        // CAP_LAST_CAP is 40, CAP_CHECKPOINT_RESTORE
        assertEquals(41, Capability.all().size());
        assertEquals(14, Capability.ofDocker().size());
        assertTrue(Capability.all().containsAll(Capability.ofDocker()));
        assertTrue(Capability.all().stream().allMatch(name -> name.matches("CAP_[A-Z_]+")));
    }

    @Test
    void namesAreFoundWithAndWithoutTheirPrefix() {
        assertEquals(Optional.of("CAP_SYS_PTRACE"), Capability.find("CAP_SYS_PTRACE"));
        assertEquals(Optional.of("CAP_SYS_PTRACE"), Capability.find("sys_ptrace"));
        assertEquals(Optional.empty(), Capability.find("CAP_SYS_PTRCE"));
        assertEquals(Optional.empty(), Capability.find(""));
    }
}
