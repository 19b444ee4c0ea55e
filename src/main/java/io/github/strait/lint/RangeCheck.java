package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import java.util.List;

/** libseccomp compiles some sets of range conditions wrong. */
final class RangeCheck implements Check {
    @Override
    public String id() {
        return "range-conditions";
    }

    @Override
    public String source() {
        return "measured: random rule sets compiled by libseccomp 2.5.4 and 2.6.1 against their plain meaning";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (String name : subject.names()) {
            List<Site> rules = subject.rules(name).stream()
                    .filter(site -> !site.isUnconditional())
                    .toList();
            List<Condition> all = rules.stream()
                    .flatMap(site -> site.rule().conditions().stream())
                    .toList();
            List<Condition> ranges = all.stream().filter(RangeCheck::isRange).toList();
            boolean several =
                    rules.stream().anyMatch(site -> site.rule().conditions().size() > 1);
            boolean unequal = all.stream().anyMatch(condition -> condition.operator() == Operator.NE);
            boolean wide = ranges.stream()
                            .mapToLong(range -> range.value() >>> 32)
                            .distinct()
                            .count()
                    > 1;
            if (rules.size() > 1 && ((several && (!ranges.isEmpty() || unequal)) || (ranges.size() > 1 && wide))) {
                Site last = rules.get(rules.size() - 1);
                findings.add(
                        Severity.WARNING,
                        last,
                        name,
                        "the " + rules.size() + " rules on '" + name + "' "
                                + (several
                                        ? "use ranges or NE on several arguments"
                                        : "have bounds on both sides of 2^32")
                                + ", and libseccomp compiles some such sets wrong, mostly too open",
                        "list values with SCMP_CMP_EQ or SCMP_CMP_MASKED_EQ");
            }
        }
    }

    private static boolean isRange(Condition condition) {
        return switch (condition.operator()) {
            case LT, LE, GE, GT -> true;
            case NE, EQ, MASKED_EQ -> false;
        };
    }
}
