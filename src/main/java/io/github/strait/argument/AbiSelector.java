package io.github.strait.argument;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;

/**
 * The cell {@code abis} of a table: {@code all}, or items that commas divide, which are labels, {@code 32} and {@code 64}
 * for the width of addresses, {@code mips*} and {@code ppc*} for all of these; behind {@code !} all other ABIs.
 */
final class AbiSelector {
    private AbiSelector() {}

    static boolean selects(String abis, Arch arch) {
        if (abis.equals("all")) {
            return true;
        }
        boolean isOthers = abis.charAt(0) == '!';
        for (String item : TableResource.items(isOthers ? abis.substring(1) : abis)) {
            if (isMeant(item, arch)) {
                return !isOthers;
            }
        }
        return isOthers;
    }

    private static boolean isMeant(String item, Arch arch) {
        return switch (item) {
            case "32" -> arch.pointerBits() == 32;
            case "64" -> arch.pointerBits() == 64;
            case "mips*" -> arch.label().startsWith("mips");
            case "ppc*" -> arch.label().startsWith("ppc");
            default -> item.equals(arch.label());
        };
    }
}
