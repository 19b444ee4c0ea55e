package io.github.strait.lint;

import io.github.strait.argument.Prototype;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import java.util.List;

/** A caller may set bits of an argument that the kernel does not read and a filter does. */
final class HighBitsCheck implements Check {
    private static final long LOW_WORD = 0xffff_ffffL;

    @Override
    public String id() {
        return "high-bits";
    }

    @Override
    public String source() {
        return "read: the kernel takes an int out of a 64-bit register; measured: a filter compares all 64 bits";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.architectures().stream().noneMatch(arch -> arch.pointerBits() == 64)) {
            return;
        }
        for (Site site : subject.sites()) {
            for (Condition condition : site.rule().conditions()) {
                List<String> names = site.rule().names().stream()
                        .filter(name -> Prototype.of(name).narrow().contains(condition.index()))
                        .filter(name -> subject.rules(name).contains(site) && subject.mayPermit(name))
                        .toList();
                boolean defeated = site.permits() ? isMetByHighBits(condition) : isMissedByHighBits(condition);
                if (defeated && !names.isEmpty()) {
                    report(findings, site, condition, names);
                }
            }
        }
    }

    private static void report(Findings findings, Site site, Condition condition, List<String> names) {
        findings.add(
                site.permits() ? Severity.WARNING : Severity.ERROR,
                site,
                names,
                "'" + condition + "' compares 64 bits of an argument of " + Wording.list(names)
                        + " of which the kernel reads 32: with a high bit set the call "
                        + (site.permits() ? "is allowed with any value" : "escapes the rule"),
                remedy(condition));
    }

    private static String remedy(Condition condition) {
        String low = Long.toUnsignedString(condition.value() & LOW_WORD);
        return switch (condition.operator()) {
            case EQ -> "use SCMP_CMP_MASKED_EQ with value " + LOW_WORD + " (0xffffffff) and valueTwo " + low;
            case MASKED_EQ ->
                "use the mask's low half, " + low + ", as value, and valueTwo "
                        + Long.toUnsignedString(condition.valueTwo() & LOW_WORD);
            case NE, LT, LE, GE, GT ->
                "no mask goes with this operator: allow the values that are meant, each in a rule with"
                        + " SCMP_CMP_MASKED_EQ, value " + LOW_WORD + " (0xffffffff) and the number as valueTwo";
        };
    }

    private static boolean isMetByHighBits(Condition condition) {
        return switch (condition.operator()) {
            case NE, GE, GT -> true;
            case EQ, LT, LE, MASKED_EQ -> false;
        };
    }

    private static boolean isMissedByHighBits(Condition condition) {
        return switch (condition.operator()) {
            case EQ, LT, LE -> true;
            case NE, GE, GT -> false;
            case MASKED_EQ -> condition.value() >>> 32 != 0;
        };
    }
}
