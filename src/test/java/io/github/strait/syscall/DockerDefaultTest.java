package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DockerDefaultTest {
    /** The 35 calls of x86_64 that no rule of the profile mentions, counted in moby/profiles itself. */
    private static final Set<String> DENIED = Set.of(
            "_sysctl add_key afs_syscall create_module fchroot file_getattr file_setattr get_kernel_syms getpmsg "
                    .concat("io_uring_enter io_uring_register io_uring_setup kexec_file_load kexec_load keyctl listns ")
                    .concat("migrate_pages move_pages nfsservctl open_tree_attr pivot_root putpmsg query_module ")
                    .concat("request_key rseq_slice_yield security swapoff swapon sysfs tuxcall uprobe uselib ")
                    .concat("userfaultfd ustat vserver")
                    .split(" "));

    @ParameterizedTest
    @CsvSource({
        "X86_64, read, true",
        "X86_64, ptrace, true",
        "X86_64, socket, true",
        "X86_64, clone, true",
        "X86_64, personality, true",
        "X86_64, chroot, true",
        "X86_64, arch_prctl, true",
        "X86, arch_prctl, true",
        "X86, modify_ldt, true",
        "X86, socketcall, true",
        "X86, sigaction, false",
        "X86_64, clone3, false",
        "X86_64, mount, false",
        "X86_64, bpf, false",
        "X86_64, syslog, false",
        "X86_64, perf_event_open, false",
        "X86_64, keyctl, false",
        "ARM, set_tls, true",
        "ARM, get_tls, false",
        "ARM, arm_sync_file_range, true",
        "PPC64LE, swapcontext, true",
        "PPC64, swapcontext, false",
        "S390, s390_runtime_instr, true",
        "S390X, s390_sthyi, false",
        "RISCV64, riscv_flush_icache, true",
        "RISCV64, riscv_hwprobe, true",
    })
    void verdicts(Arch arch, String name, boolean allowed) {
        assertEquals(allowed, DockerDefault.allows(name, arch));
    }

    @Test
    void deniedOutright() {
        TreeSet<String> denied = new TreeSet<>();
        TableResource.read(SyscallTable.class, "docker-default.tsv")
                .index(row -> row.get(1))
                .forEach((name, condition) -> {
                    if (condition.equals("denied")
                            && SyscallTable.of(Arch.X86_64).contains(name)) {
                        denied.add(name);
                    }
                });
        assertEquals(new TreeSet<>(DENIED), denied);
    }

    @ParameterizedTest
    @CsvSource({"X86_64, 309", "X86, 360", "X32, 305", "AARCH64, 267", "ARM, 353", "S390X, 308", "PPC64LE, 313"})
    void counts(Arch arch, int allowed) {
        assertEquals(allowed, DockerDefault.allowedCount(arch));
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTheAbiLacksIsNotAllowed(Arch arch) {
        assertFalse(DockerDefault.allows("nosuchcall", arch));
        for (String name : Syscalls.names()) {
            assertFalse(
                    DockerDefault.allows(name, arch) && !SyscallTable.of(arch).contains(name), name);
        }
    }

    /** The list holds exceptions, so a call that is newer than the profile must be put into it by hand. */
    @Test
    void noCallNewerThanTheProfileIsAllowed() {
        KernelVersion newest = KernelVersion.parse("6.13");
        for (String name : Syscalls.names()) {
            boolean newer =
                    Syscalls.since(name).filter(v -> v.compareTo(newest) > 0).isPresent();
            assertFalse(newer && DockerDefault.allows(name, Arch.X86_64), name);
        }
    }

    @Test
    void everyExceptionIsAKnownCall() {
        TableResource.read(SyscallTable.class, "docker-default.tsv")
                .index(row -> row.get(1))
                .forEach((name, condition) -> {
                    assertTrue(Syscalls.names().contains(name), name);
                    assertTrue(condition.matches("denied|args|cap:CAP_[A-Z_,]+|arch:[a-z0-9,]+"), condition);
                });
    }
}
