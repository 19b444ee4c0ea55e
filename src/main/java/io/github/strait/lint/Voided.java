package io.github.strait.lint;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.Table;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Conditional calls whose work another call does, out of the filter's sight.
 *
 * @param first the first rule that has conditions on one
 * @param calls their names
 * @param abis where that is so
 */
record Voided(Site first, TreeSet<String> calls, TreeSet<Arch> abis) {
    /**
     * Those that a profile has, if it has any.
     *
     * @param isVoid whether the conditions on a call have no effect beside the other rules of the profile
     */
    static Optional<Voided> find(Subject subject, BiPredicate<Surroundings, String> isVoid) {
        TreeSet<String> calls = new TreeSet<>();
        TreeSet<Arch> abis = new TreeSet<>();
        Optional<Site> first = Optional.empty();
        Table<Surroundings, String, Boolean> known = HashBasedTable.create();
        for (Site site : subject.sites()) {
            if (site.isUnconditional()) {
                continue;
            }
            for (Surroundings where : subject.surroundings(site)) {
                for (String call : site.rule().names()) {
                    if (!where.isAbout(site, call) || !where.isConditional(call)) {
                        continue;
                    }
                    if (!known.contains(where, call)) {
                        known.put(where, call, isVoid.test(where, call));
                    }
                    if (Boolean.TRUE.equals(known.get(where, call))) {
                        calls.add(call);
                        abis.add(where.abi());
                        first = first.or(() -> Optional.of(site));
                    }
                }
            }
        }
        return first.map(site -> new Voided(site, calls, abis));
    }
}
