package io.github.strait.observe;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.util.List;
import java.util.Set;

/** One run with its calls still under strace's spellings: what {@link AbiResolver} turns into a {@link Run}. */
record SeenRun(
        String file,
        LineCounts lines,
        List<SourcePosition> unparsedAt,
        Set<RunMark> marks,
        List<Groups.Group> groups,
        Era era,
        List<Diagnostic> diagnostics) {}
