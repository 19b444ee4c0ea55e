package io.github.strait.argument;

import com.google.common.collect.ImmutableMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * The name of a number on an ABI; empty without one.
     *
     * @param among names, or the beginnings of names before {@code *}, the first that has the number counts; after
     *     {@code -} those that never do
     */
    static Optional<String> name(List<String> among, long value, Arch arch) {
        String best = null;
        int rank = among.size();
        for (Map.Entry<String, NamedConstant> each : ALL.entrySet()) {
            if (each.getValue().value == value && each.getValue().counts(arch)) {
                int place = place(among, each.getKey());
                best = place < rank ? each.getKey() : best;
                rank = Math.min(place, rank);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Which of the patterns a name fits first; as many as there are for none. */
    private static int place(List<String> among, String name) {
        int first = among.size();
        for (int i = among.size() - 1; i >= 0; i--) {
            String pattern = among.get(i);
            boolean isExcluded = pattern.startsWith("-");
            if (fits(isExcluded ? pattern.substring(1) : pattern, name)) {
                if (isExcluded) {
                    return among.size();
                }
                first = i;
            }
        }
        return first;
    }

    private static boolean fits(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
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
