package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.RunMark;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The findings about a run at its end; its watchers add to them. */
final class RunFindings {
    private final Set<String> names;
    private final long calls;
    private final Omissions omissions;
    private final Set<RunMark> marks = EnumSet.noneOf(RunMark.class);
    private final List<Diagnostic> warnings = new ArrayList<>();

    /**
     * @param names the calls of the run as strace prints them; none where they stand in a table only
     * @param calls how many there are
     */
    RunFindings(Set<String> names, long calls, Omissions omissions) {
        this.names = names;
        this.calls = calls;
        this.omissions = omissions;
    }

    Set<String> names() {
        return names;
    }

    long calls() {
        return calls;
    }

    Omissions omissions() {
        return omissions;
    }

    void mark(RunMark mark) {
        marks.add(mark);
    }

    /** Marks the run, and warns of what the mark means. */
    void mark(RunMark mark, SourcePosition at, String message) {
        mark(mark);
        warn(Diagnostic.warning(mark.label(), at, message));
    }

    void warn(Diagnostic warning) {
        warnings.add(warning);
    }

    void warn(List<Diagnostic> more) {
        warnings.addAll(more);
    }

    Set<RunMark> marks() {
        return marks;
    }

    List<Diagnostic> warnings() {
        return warnings;
    }
}
