package io.github.strait.evidence;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observation.Observation;

/**
 * An observation and what there is to say about the files that it was read from.
 *
 * @param diagnostics warnings and notes, in the order of the files
 * @param details notes for those who ask for more: the ABI of each task, and the unparsed lines by shape
 */
public record Evidence(
        Observation observation, ImmutableList<Diagnostic> diagnostics, ImmutableList<Diagnostic> details) {}
