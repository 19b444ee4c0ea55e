package io.github.strait.lint;

import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The mode of open and openat is an argument only where a file is created; else its register holds rubbish. */
final class OpenModeCheck implements Check {
    /** Bounds the work for a hostile profile. */
    private static final int MOST_NUMBERS = 20;

    @Override
    public String id() {
        return "mode-without-creat";
    }

    @Override
    public String source() {
        return "measured: openat without O_CREAT, the register of its mode; read: open(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Site site : subject.sites()) {
            for (Condition condition : site.rule().conditions()) {
                for (String call : site.rule().names()) {
                    subject.surroundings(site).stream()
                            .filter(where -> where.isAbout(site, call))
                            .flatMap(where -> creation(where, call).stream()
                                    .filter(row -> row.place().registers().get(1) == condition.index())
                                    .filter(row -> decidesByRubbish(where, row, site, condition)))
                            .findFirst()
                            .ifPresent(row -> report(findings, site, condition, row));
                }
            }
        }
    }

    /** The row that says which flags make a call create a file, and where its flags and mode are. */
    private static Optional<CatalogueRow> creation(Surroundings where, String call) {
        return Catalogue.of(call, where.abi()).stream()
                .filter(row -> row.kind() == CatalogueRow.Kind.CREAT)
                .findFirst();
    }

    /** Whether of two calls that create nothing, and differ in their modes, one is denied, as the condition says. */
    private static boolean decidesByRubbish(Surroundings where, CatalogueRow row, Site site, Condition condition) {
        int flags = row.place().registers().get(0);
        int mode = row.place().registers().get(1);
        for (long access : numbers(where, row.call(), flags)) {
            Set<Boolean> permitted = new HashSet<>();
            for (long rubbish : numbers(where, row.call(), mode)) {
                long[] arguments = new long[Condition.ARGUMENTS];
                arguments[flags] = access & ~row.mask();
                arguments[mode] = rubbish;
                boolean isPermitted = where.permits(row.call(), arguments);
                if (condition.test(where.abi(), rubbish) == (isPermitted == site.permits())) {
                    permitted.add(isPermitted);
                }
            }
            if (permitted.size() > 1) {
                return true;
            }
        }
        return false;
    }

    private static List<Long> numbers(Surroundings where, String call, int index) {
        return Stream.concat(Stream.of(0L, -1L), where.numbers(call, index))
                .distinct()
                .limit(MOST_NUMBERS)
                .toList();
    }

    private static void report(Findings findings, Site site, Condition condition, CatalogueRow row) {
        findings.add(
                Severity.WARNING,
                site,
                row.call(),
                "'" + condition + "' looks at the mode of '" + row.call()
                        + "', which is an argument only where a file is"
                        + " created: elsewhere the register holds rubbish, and chance decides about the call",
                remedy(site.permits(), row.place().registers().get(0), row.mask()));
    }

    private static String remedy(boolean isPermitted, int flags, long mask) {
        if (isPermitted) {
            return "also allow it where argument " + flags + " masked with " + mask + " (0x" + Long.toHexString(mask)
                    + ", O_CREAT and __O_TMPFILE) gives 0";
        }
        long create = Long.lowestOneBit(mask);
        long temporary = Long.highestOneBit(mask);
        return "deny it where argument " + flags + " masked with " + create + " (O_CREAT) gives " + create
                + " as well, and in a second rule where it gives " + temporary + " masked with that (__O_TMPFILE)";
    }
}
