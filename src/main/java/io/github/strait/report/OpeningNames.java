package io.github.strait.report;

import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.condition.Opening;
import io.github.strait.syscall.Arch;
import java.util.List;

/** Names for the values that a condition lets through. */
final class OpeningNames {
    /** More values are called by their group. */
    private static final int MOST = 4;

    private OpeningNames() {}

    /** {@code AF_INET, AF_INET6}, {@code NETLINK_ROUTE}, {@code AF_PACKET SOCK_RAW 0x300}, {@code CLONE_NEWUSER}, {@code terminal}. */
    static String of(Opening opening, String call, Arch arch) {
        PatternNames names = new PatternNames(opening.row().place(), call, arch);
        long bits = opening.bits();
        if (opening.row().kind() == Kind.NULL && bits != 0) {
            return "not NULL";
        }
        if (bits != 0) {
            return String.join(opening.row().kind() == Kind.WX ? "|" : ", ", names.bits(bits));
        }
        List<String> positions = names.positions(opening.values());
        if (opening.group().isEmpty()) {
            return names.placed(String.join(" ", positions));
        }
        // a group of sockets says the rest by its purpose; of netlink, the protocol says all
        String last = positions.get(positions.size() - 1);
        String words = last.startsWith("NETLINK_") ? last : positions.get(0);
        boolean isShort = opening.values().sets().get(0).size() <= MOST;
        return isShort ? words : opening.group().get().name();
    }
}
