package io.github.strait.follow;

import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import java.util.OptionalLong;

/**
 * Calls that several ABIs have but some always refuse, so success shows the ABI. Sources: the kernel's {@code
 * do_arch_prctl_64()}, which a 32-bit task does not reach, and {@code syscall_64.tbl}, which gives the thread areas of
 * 32-bit tasks numbers without a function.
 */
final class SuccessEvidence {
    private static final int OF_64_BIT_KERNEL = Abis.of(Arch.X86_64) | Abis.X32;
    private static final String PRCTL = "arch_prctl";
    private static final ImmutableSet<String> THREAD_AREAS = ImmutableSet.of("set_thread_area", "get_thread_area");

    /** The operations of {@code asm/prctl.h} that are not common to 32-bit tasks, as ranges. */
    private static final int[][] OPERATIONS = {{0x1001, 0x1004}, {0x2001, 0x2003}, {0x4001, 0x4004}, {0x5001, 0x5005}};

    private static final ImmutableSet<String> OPERATION_NAMES = ImmutableSet.of(
            "ARCH_SET_GS",
            "ARCH_SET_FS",
            "ARCH_GET_FS",
            "ARCH_GET_GS",
            "ARCH_MAP_VDSO_X32",
            "ARCH_MAP_VDSO_32",
            "ARCH_MAP_VDSO_64",
            "ARCH_GET_UNTAG_MASK",
            "ARCH_ENABLE_TAGGED_ADDR",
            "ARCH_GET_MAX_TAG_BITS",
            "ARCH_FORCE_TAGGED_SVA",
            "ARCH_SHSTK_ENABLE",
            "ARCH_SHSTK_DISABLE",
            "ARCH_SHSTK_LOCK",
            "ARCH_SHSTK_UNLOCK",
            "ARCH_SHSTK_STATUS");

    private static final String INJECTED = "(INJECTED";

    private SuccessEvidence() {}

    /** Whether the success of such a call may show the ABI. */
    static boolean isOf(String name) {
        return name.equals(PRCTL) || THREAD_AREAS.contains(name);
    }

    /** The ABIs on which a call can succeed, by the arguments that its beginning shows. */
    static int abis(PrintedName printed, Line line) {
        if (!printed.name().equals(PRCTL)) {
            return Abis.ALL & ~OF_64_BIT_KERNEL;
        }
        OptionalLong number = line.arguments().hexadecimal(0);
        String text = line.arguments().text(0);
        boolean known = number.isPresent()
                ? isOperation(number.getAsLong())
                : OPERATION_NAMES.contains(text.substring(text.indexOf('=') + 1));
        return known ? OF_64_BIT_KERNEL : Abis.ALL;
    }

    private static boolean isOperation(long number) {
        for (int[] range : OPERATIONS) {
            if (number >= range[0] && number <= range[1]) {
                return true;
            }
        }
        return false;
    }

    /** Whether the line ends with success that is the kernel's; {@code -e inject=} and a filter's trap leave other values. */
    static boolean isSuccess(Line line) {
        return line.ending() == Ending.VALUE
                && line.value() == 0
                && !line.text().contains(INJECTED);
    }
}
