package io.github.strait.syscall;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;

/**
 * The risk of allowing a call: a reviewed judgement, one row of the resource {@code risk.tsv} for each call. The
 * capability is the one that the kernel asks for, after capabilities(7) and the call's manual page.
 */
public record Risk(RiskClass riskClass, Optional<String> capability, String reason) {
    private static final ImmutableMap<String, Risk> ALL =
            TableResource.read(Risk.class, "risk.tsv").index(Risk::fromRow);

    public Risk {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a risk has a reason");
        }
    }

    /** The risk of a call by its libseccomp name; empty when nothing speaks against it, or nothing is known. */
    public static Optional<Risk> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Risk fromRow(List<String> row) {
        Optional<String> capability = Optional.of(row.get(2)).filter(cell -> !cell.equals(TableResource.ABSENT));
        return new Risk(RiskClass.parse(row.get(1)), capability, row.get(3));
    }
}
