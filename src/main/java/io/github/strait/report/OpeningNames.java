package io.github.strait.report;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.argument.ValueNames;
import io.github.strait.argument.ValuePattern;
import io.github.strait.condition.Opening;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names for the values that a condition lets through. */
final class OpeningNames {
    /** More values are called by their group. */
    private static final int MOST = 4;

    private final Opening opening;
    private final ValueNames names;
    private final List<Integer> registers;

    private OpeningNames(Opening opening, String call, Arch arch) {
        this.opening = opening;
        this.names = new ValueNames(call, arch);
        this.registers = opening.row().place().registers();
    }

    /** {@code AF_INET, AF_INET6}, {@code NETLINK_ROUTE}, {@code AF_PACKET SOCK_RAW 0x300}, {@code CLONE_NEWUSER}, {@code terminal}. */
    static String of(Opening opening, String call, Arch arch) {
        return new OpeningNames(opening, call, arch).names();
    }

    private String names() {
        long bits = opening.bits();
        if (opening.row().kind() == Kind.NULL && bits != 0) {
            return "not NULL";
        }
        if (bits != 0) {
            return String.join(
                    opening.row().kind() == Kind.WX ? "|" : ", ",
                    names.bits(registers.get(registers.size() - 1), bits));
        }
        List<String> positions = positions(opening.values());
        if (opening.group().isEmpty()) {
            String all = String.join(" ", positions);
            boolean isNumber = Character.isDigit(all.charAt(0));
            return isNumber ? opening.row().place().words() + " " + all : all;
        }
        // a group of sockets says the rest by its purpose; of netlink, the protocol says all
        String last = positions.get(positions.size() - 1);
        String words = last.startsWith("NETLINK_") ? last : positions.get(0);
        return isShort() ? words : opening.group().get().name();
    }

    private boolean isShort() {
        return opening.values().sets().get(0).size() <= MOST;
    }

    /** The names at each position where not any value is meant. */
    private List<String> positions(ValuePattern pattern) {
        List<String> positions = new ArrayList<>();
        Map<Integer, Long> others = new HashMap<>();
        for (int i = 0; i < pattern.sets().size(); i++) {
            ImmutableSortedSet<Long> set = pattern.sets().get(i);
            List<String> each = new ArrayList<>();
            for (long value : set) {
                each.add(names.of(registers.get(i), value, others));
            }
            if (!set.isEmpty()) {
                positions.add(String.join(", ", each));
                others.put(registers.get(i), set.first());
            }
        }
        return positions;
    }
}
