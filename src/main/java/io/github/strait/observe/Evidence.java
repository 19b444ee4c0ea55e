package io.github.strait.observe;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;

/**
 * An observation and what there is to say about the files that it was read from.
 *
 * @param diagnostics warnings and notes, in the order of the files
 */
public record Evidence(Observation observation, ImmutableList<Diagnostic> diagnostics) {}
