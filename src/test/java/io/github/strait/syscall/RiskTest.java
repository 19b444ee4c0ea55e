package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RiskTest {
    @ParameterizedTest
    @CsvSource({
        "init_module, CRITICAL, CAP_SYS_MODULE",
        "bpf, CRITICAL, CAP_BPF",
        "mount, CRITICAL, CAP_SYS_ADMIN",
        "unshare, HIGH,",
        "io_uring_enter, HIGH,",
        "mknod, MEDIUM, CAP_MKNOD",
        "clone, CONDITIONAL,",
        "socket, CONDITIONAL,",
        "kill, LOW, CAP_KILL",
    })
    void judgements(String name, RiskClass riskClass, String capability) {
        Risk risk = Risk.of(name).orElseThrow();
        assertEquals(riskClass, risk.riskClass());
        assertEquals(Optional.ofNullable(capability), risk.capability());
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write", "exit_group", "futex", "nosuchcall"})
    void harmlessOrUnknown(String name) {
        assertEquals(Optional.empty(), Risk.of(name));
    }

    private static Map<String, Risk> all() {
        return TableResource.read(Risk.class, "risk.tsv")
                .index(row -> Risk.of(row.get(0)).orElseThrow());
    }

    @Test
    void everyRowIsOfAKnownCallAndReadsAsOneClause() {
        all().forEach((name, risk) -> {
            assertTrue(Syscalls.names().contains(name), name);
            assertTrue(risk.reason().matches("[A-Za-z].{9,}[A-Za-z0-9]"), name + ": " + risk.reason());
            risk.capability().ifPresent(capability -> assertTrue(capability.matches("CAP_[A-Z_]+"), name));
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyClassIsUsedAndGoesRound(RiskClass riskClass) {
        assertEquals(riskClass, RiskClass.parse(riskClass.label()));
        assertTrue(all().values().stream().anyMatch(risk -> risk.riskClass() == riskClass));
    }

    @Test
    void theWorstComesFirst() {
        assertEquals(
                RiskClass.CRITICAL,
                Arrays.stream(RiskClass.values()).sorted().findFirst().orElseThrow());
    }

    /** What Docker refuses without a capability is no small matter; the exceptions are reading and obsolete calls. */
    @Test
    void whatNeedsACapabilityUnderDockerIsJudged() {
        TreeSet<String> unjudged = new TreeSet<>();
        TableResource docker = TableResource.read(SyscallTable.class, "docker-default.tsv");
        docker.index(row -> row.get(1)).forEach((name, condition) -> {
            if (condition.startsWith("cap:") && Risk.of(name).isEmpty()) {
                unjudged.add(name);
            }
        });
        assertEquals(new TreeSet<String>(), unjudged);
    }

    @Test
    void aReasonIsNeeded() {
        assertThrows(IllegalArgumentException.class, () -> new Risk(RiskClass.LOW, Optional.empty(), " "));
        assertThrows(IllegalArgumentException.class, () -> RiskClass.parse("dire"));
    }
}
