package io.github.strait.argument;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;

/** The cell {@code abis} of a table: {@code all}, {@code 32} or {@code 64} for the width of addresses, or labels. */
final class AbiSelector {
    private AbiSelector() {}

    static boolean selects(String abis, Arch arch) {
        return switch (abis) {
            case "all" -> true;
            case "32" -> arch.pointerBits() == 32;
            case "64" -> arch.pointerBits() == 64;
            default -> TableResource.items(abis).contains(arch.label());
        };
    }
}
