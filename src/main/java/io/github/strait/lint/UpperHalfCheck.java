package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Callers may leave anything in the bits of an argument that the kernel does not read. */
final class UpperHalfCheck implements Check {
    /** The first condition of this kind. */
    private record First(Site site, Condition condition, Narrowness narrow) {}

    @Override
    public String id() {
        return "upper-half";
    }

    @Override
    public String source() {
        return "measured: gcc 12 passes an int in a register whose upper half holds what was there before";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        List<Integer> lines = new ArrayList<>();
        Optional<First> first = Optional.empty();
        for (Site site : subject.sites()) {
            for (Condition condition : site.rule().conditions()) {
                List<Narrowness> all = Narrowness.of(subject, site, condition, SlipSearch::refused);
                if (!all.isEmpty()) {
                    lines.add(site.line());
                    first = first.or(() -> Optional.of(new First(site, condition, all.get(0))));
                }
            }
        }
        first.ifPresent(one -> findings.add(
                Severity.NOTE,
                one.site,
                one.narrow.calls(),
                one.narrow.what(one.condition) + ": callers may leave anything in the others, and "
                        + one.narrow.slip().otherCall() + " is denied where "
                        + one.narrow.slip().usualCall()
                        + " is allowed" + Wording.places(lines),
                one.narrow.remedy(one.condition)));
    }
}
