package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.oci.Draft;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Libseccomp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs the checks over a document. */
public final class Lint {
    private Lint() {}

    /** The findings about the document, in its order. A document that is not a profile has that finding only. */
    public static ImmutableList<Finding> of(Draft draft, Libseccomp libseccomp, Start start) {
        Subject subject = new Subject(draft, libseccomp, start);
        List<Finding> all = new ArrayList<>();
        for (Check check : draft.isProfile() ? CheckList.all() : CheckList.ofDocuments()) {
            Findings findings = new Findings(check);
            check.check(subject, findings);
            all.addAll(findings.all());
        }
        Collections.sort(all);
        return ImmutableList.copyOf(all);
    }
}
