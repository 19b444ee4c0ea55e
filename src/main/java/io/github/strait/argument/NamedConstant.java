package io.github.strait.argument;

import com.google.common.collect.ImmutableMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.OptionalLong;

/** A name that strace prints for a number, such as {@code SIGCHLD}: a row of the resource {@code constants.tsv}. */
final class NamedConstant {
    private static final ImmutableMap<String, NamedConstant> ALL = TableResource.read(
                    NamedConstant.class, "constants.tsv")
            .index(row -> new NamedConstant(Long.decode(row.get(1)), row.get(2)));

    private final long value;
    private final String abis;

    private NamedConstant(long value, String abis) {
        this.value = value;
        this.abis = abis;
    }

    /**
     * The number of a name on an ABI; empty for one that is not known, or not there. The {@code PF_} names of strace up to
     * 4.11 stand for address families.
     */
    static OptionalLong value(String name, Arch arch) {
        NamedConstant constant = ALL.get(name.startsWith("PF_") ? "A" + name.substring(1) : name);
        return constant != null && constant.counts(arch) ? OptionalLong.of(constant.value) : OptionalLong.empty();
    }

    private boolean counts(Arch arch) {
        boolean isMips = arch.label().startsWith("mips");
        return switch (abis) {
            case "all" -> true;
            case "generic" -> !isMips;
            case "common" -> !isMips && !arch.label().startsWith("ppc");
            default -> throw new IllegalStateException("constants.tsv: no ABIs are called " + abis);
        };
    }
}
