package io.github.strait.observe;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.util.List;
import java.util.Set;

/**
 * One run with its calls still under strace's spellings: what {@link AbiResolver} turns into a {@link Run}.
 *
 * @param blank how many of the other lines are blank, which any text has
 * @param stays the first tasks, by program and ABI
 * @param moreStays how many more there were
 * @param shapes the unparsed lines by shape
 */
record SeenRun(
        String file,
        LineCounts lines,
        long blank,
        List<SourcePosition> unparsedAt,
        Set<RunMark> marks,
        List<Groups.Group> groups,
        List<Groups.Stay> stays,
        long moreStays,
        ImmutableList<UnparsedShapes.Shape> shapes,
        Era era,
        List<Diagnostic> diagnostics) {}
