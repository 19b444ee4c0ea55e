package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerTest {
    @Test
    void theTableSaysWhichAreOn() {
        assertEquals(
                List.of("essential", "vdso"),
                Layer.all().stream().map(Layer::name).toList());
        assertEquals(
                List.of("load", "siblings", "imports", "imports-all"),
                Layer.onRequest().stream().map(Layer::name).toList());
    }

    @Test
    void everyCallExistsHasAReasonAndIsHarmless() {
        for (Layer layer : Layer.all()) {
            assertFalse(layer.reasons().isEmpty(), layer.name());
            assertFalse(layer.purpose().isBlank() || layer.purpose().endsWith("."), layer.purpose());
            layer.reasons().forEach((name, reason) -> {
                assertTrue(Syscalls.names().contains(name), name);
                assertFalse(reason.isBlank() || reason.endsWith("."), name + ": " + reason);
                RiskClass risk = Risk.of(name).map(Risk::riskClass).orElse(RiskClass.LOW);
                assertTrue(risk != RiskClass.HIGH && risk != RiskClass.CRITICAL, name + " is dangerous");
            });
        }
    }

    @Test
    void noCallIsInTwoLayers() {
        for (Layer one : Layer.all()) {
            for (Layer two : Layer.all()) {
                assertTrue(
                        one.equals(two) || one.reasons().keySet().stream().noneMatch(two.reasons()::containsKey),
                        one.name() + " and " + two.name());
            }
        }
    }

    /** A program that cannot end, or cannot return from a signal handler, is of no use on any ABI. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void theEssentialCallsAreThereOnEveryArchitecture(Arch arch) {
        var essential = NamedLayer.of("essential").on(arch);
        assertTrue(essential.keySet().containsAll(List.of("exit", "exit_group", "rt_sigreturn", "restart_syscall")));
        assertEquals(SyscallTable.of(arch).contains("sigreturn"), essential.containsKey("sigreturn"));
        Layer.all()
                .forEach(layer -> layer.on(arch)
                        .keySet()
                        .forEach(name -> assertTrue(SyscallTable.of(arch).contains(name), name)));
    }
}
