package io.github.strait.report;

import io.github.strait.diagnostic.Printable;

/** The result of {@code check} as text; empty when nothing differs. */
final class CheckText {
    private CheckText() {}

    /** The differences, and the command that writes the profile again. */
    static String of(CheckReport check) {
        if (check.isIdentical()) {
            return "";
        }
        String name = Printable.of(check.file());
        String start = check.start()
                .map(options -> "with " + options + " there is no difference: check it so, or\n")
                .orElse("");
        return check.drift()
                        .map(drift -> name + " is not what the evidence gives now:\n" + DriftText.of(drift)
                                + meaning(check, drift))
                        .orElse(name + " is not the filter that the evidence gives now\n")
                + start + "regenerate it with: " + check.regenerate() + "\n";
    }

    /** The differences in meaning, except in the calls that rules allow: the drift shows those with their reasons. */
    private static String meaning(CheckReport check, Drift drift) {
        if (check.difference().isEmpty()) {
            return "the conditions of the documents differ, and are too many to compare\n";
        }
        if (!drift.accountsFor(check.difference().get())) {
            return DifferenceText.of(new DifferenceReport(
                    Printable.of(check.file()),
                    CheckReport.NOW,
                    check.difference().get()));
        }
        if (!drift.isEmpty()) {
            return "";
        }
        return check.isScoped()
                ? "it means the same to Docker on this machine, but has includes or excludes, which containerd, runc and"
                        + " crun ignore: there those rules hold on every machine\n"
                : "it allows and denies the same; only its layout differs\n";
    }
}
