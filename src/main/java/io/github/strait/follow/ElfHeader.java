package io.github.strait.follow;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.OtherMachine;
import java.util.Arrays;
import java.util.Optional;

/**
 * The machine that the head of an ELF file names, as a read shows it: a program usually reads a library of its own ABI
 * first. This is no proof: linkers and emulators read others, too. Source: the ELF specification and its supplements
 * ({@code EI_CLASS}, {@code EI_DATA}, {@code e_machine}), and {@code linux/audit.h}.
 */
final class ElfHeader {
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
    private static final int CLASS = 4;
    private static final int DATA = 5;
    private static final int MACHINE = 18;
    private static final int WIDE = 2;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final int LITTLE_ENDIAN = 1;
    /** The flags of {@code AUDIT_ARCH_*}, whose low bits are a machine's number. */
    private static final int AUDIT_WIDE = 0x8000_0000;

    private static final int AUDIT_LITTLE_ENDIAN = 0x4000_0000;

    private ElfHeader() {}

    /** The ABIs that programs of such a file have; 0 when these are not its first bytes, or it is of another machine. */
    static int abis(byte[] head) {
        if (!isHead(head)) {
            return 0;
        }
        boolean wide = bits(head) == Long.SIZE;
        int machine = machine(head);
        if (machine == X86_64 && !wide) {
            return Abis.X32;
        }
        // the kernel has one token for both byte orders
        boolean little = head[DATA] == LITTLE_ENDIAN || machine == AARCH64;
        int token = machine | (wide ? AUDIT_WIDE : 0) | (little ? AUDIT_LITTLE_ENDIAN : 0);
        return Abis.where(arch -> arch != Arch.X32 && arch.auditToken() == token);
    }

    /** The machine that a file is of when it is of none that has a table; empty for any other bytes. */
    static Optional<OtherMachine> other(byte[] head) {
        return isHead(head) && abis(head) == 0 ? OtherMachine.ofElf(machine(head)) : Optional.empty();
    }

    /** The width of addresses that a head shows. */
    static int bits(byte[] head) {
        return head[CLASS] == WIDE ? Long.SIZE : Integer.SIZE;
    }

    private static boolean isHead(byte[] head) {
        return head.length >= MACHINE + 2 && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static int machine(byte[] head) {
        boolean little = head[DATA] == LITTLE_ENDIAN;
        int low = head[little ? MACHINE : MACHINE + 1] & 0xff;
        int high = head[little ? MACHINE + 1 : MACHINE] & 0xff;
        return high << 8 | low;
    }
}
