package io.github.strait.report;

import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.ValueNames;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;

/** Words for the bits that a row of the catalogue keeps from being set. */
final class LimitWords {
    static final String NO_FLAGS_BUT = "no flags but ";

    private LimitWords() {}

    /**
     * {@code without CLONE_NEWNS, CLONE_NEWUSER}; empty where a row compares whole values, or forbids nothing that was not
     * seen.
     *
     * @param opened the bits that were seen
     */
    static Optional<String> of(CatalogueRow row, Arch arch, long opened) {
        ValueNames names = new ValueNames(row.call(), arch);
        List<Integer> registers = row.place().registers();
        int last = registers.get(registers.size() - 1);
        long forbidden = row.forbidden() & ~opened;
        return switch (row.kind()) {
            case VALUES, FORBID ->
                forbidden == 0 ? Optional.empty() : Optional.of("without " + list(names.bits(last, forbidden)));
            case SUBSET -> Optional.of(only(names.bits(last, row.mask() | opened), last));
            case WX -> opened == 0 ? Optional.of("without PROT_WRITE and PROT_EXEC together") : Optional.empty();
            case NULL -> opened == 0 ? Optional.of("argument " + last + " = NULL") : Optional.empty();
            case CREAT -> forbidden == 0 ? Optional.empty() : Optional.of(created(names.bits(last, forbidden)));
            case SOCKET, SOCKOPT, REFUSE -> Optional.empty();
        };
    }

    /** The words for files whose mode has none of these bits. */
    static String created(List<String> bits) {
        return "files made without " + list(bits);
    }

    /** The words for no flags but these. */
    static String only(List<String> bits, int register) {
        return bits.isEmpty() ? "argument " + register + " without flags" : NO_FLAGS_BUT + list(bits);
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }
}
